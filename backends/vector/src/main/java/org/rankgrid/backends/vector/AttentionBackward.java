package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/**
 * Gradients through causal grouped-query attention, in two passes that each compute the scores again: panels of queries
 * against their keys give the gradient of the queries and what is kept of each softmax; then panels of keys against the
 * queries that see them give those of keys and values. Each element is summed by one task, so that threads change no bit.
 */
final class AttentionBackward implements AutoCloseable {

    private final WorkerPool pool;
    private final HeadTiles keys;
    private final HeadTiles values;
    private final HeadTiles queries;
    private final HeadTiles gradients;
    private final SequenceBlocks blocks = new SequenceBlocks(MicroKernel.COLUMNS);
    private final SoftmaxRows softmax = new SoftmaxRows();
    private final QueryGradient[] queryPanels;
    private final KeyValueGradient[] keyPanels;

    AttentionBackward(WorkerPool pool) {
        this.pool = pool;
        keys = new HeadTiles(pool);
        values = new HeadTiles(pool);
        queries = new HeadTiles(pool);
        gradients = new HeadTiles(pool);
        queryPanels = new QueryGradient[pool.threads()];
        keyPanels = new KeyValueGradient[pool.threads()];
        for (int i = 0; i < pool.threads(); i++) {
            queryPanels[i] = new QueryGradient(keys, values, softmax);
            keyPanels[i] = new KeyValueGradient(queries, gradients, softmax);
        }
    }

    /** query, dOut and dQuery t by (heads * d), the others t by (key-value heads * d). */
    void differentiate(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor dOut,
            HostTensor dQuery,
            HostTensor dKey,
            HostTensor dValue) {
        int d = shape.headSize();
        keys.pack(key, key, shape.keyValueHeads(), d, batch);
        values.pack(value, value, shape.keyValueHeads(), d, batch);
        queries.pack(query, query, shape.heads(), d, batch);
        gradients.pack(dOut, dOut, shape.heads(), d, batch);
        softmax.reserve(shape.heads(), batch.tokens());
        blocks.divide(batch);
        pool.run(blocks.count() * shape.heads(), (task, worker) -> {
            // Late positions see more keys: the longest tasks of a sequence come first.
            int block = blocks.count() - 1 - task / shape.heads();
            int s = blocks.sequence(block);
            int head = task % shape.heads();
            int first = blocks.first(block);
            int count = blocks.length(block);
            queryPanels[worker].differentiate(query, dOut, shape, s, batch.start(s), head, first, count, dQuery);
        });
        pool.run(blocks.count() * shape.keyValueHeads(), (task, worker) -> {
            // Early positions are seen by more queries.
            int block = task / shape.keyValueHeads();
            int s = blocks.sequence(block);
            int head = task % shape.keyValueHeads();
            keyPanels[worker].differentiate(
                    key, value, shape, batch, s, head, blocks.first(block), blocks.length(block), dKey, dValue);
        });
    }

    @Override
    public void close() {
        for (int i = 0; i < pool.threads(); i++) {
            queryPanels[i].close();
            keyPanels[i].close();
        }
    }
}
