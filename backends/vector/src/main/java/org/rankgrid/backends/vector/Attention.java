package org.rankgrid.backends.vector;

import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;

/** Causal grouped-query attention: panels of queries against the keys and values of their sequence, on all threads. */
final class Attention implements AutoCloseable {

    private final WorkerPool pool;
    private final HeadTiles tiles;
    private final SequenceBlocks blocks = new SequenceBlocks(MicroKernel.COLUMNS);
    private final QueryPanel[] panels;

    Attention(WorkerPool pool) {
        this.pool = pool;
        this.tiles = new HeadTiles(pool);
        this.panels = new QueryPanel[pool.threads()];
        for (int i = 0; i < panels.length; i++) {
            panels[i] = new QueryPanel();
        }
    }

    /** query and out t by (heads * d), key and value t by (key-value heads * d). */
    void attend(
            HostTensor query,
            HostTensor key,
            HostTensor value,
            AttentionShape shape,
            PackedSequences batch,
            HostTensor out) {
        tiles.pack(key, value, shape.keyValueHeads(), shape.headSize(), batch);
        blocks.divide(batch, shape.heads() / shape.keyValueHeads());
        pool.run(blocks.count() * shape.keyValueHeads(), (task, worker) -> {
            // Late positions see more keys: the longest tasks of a sequence come first.
            int block = blocks.count() - 1 - task / shape.keyValueHeads();
            int s = blocks.sequence(block);
            int narrow = task % shape.keyValueHeads();
            panels[worker].attend(
                    query, tiles, shape, batch, s, narrow, blocks.first(block), blocks.length(block), out);
        });
    }

    @Override
    public void close() {
        for (QueryPanel panel : panels) {
            panel.close();
        }
    }
}
