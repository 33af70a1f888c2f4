package org.rankgrid.engine.trial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Residual streams at the boundaries of blocks, by sequence and by the ranks of all layers before the boundary: plans that
 * agree on those ranks share the stream.
 */
final class KeptStreams implements AutoCloseable {

    private final Backend backend;
    private final Map<Key, Kept> streams = new HashMap<>();

    KeptStreams(Backend backend) {
        this.backend = backend;
    }

    /** The ranks that decide a stream. */
    private record Prefix(int blocks, List<Integer> ranks) {}

    private record Key(int sequence, Prefix prefix) {}

    private record Kept(Scope scope, Tensor tensor) {}

    /** The stream after the first so many blocks; empty if it is not kept. */
    Optional<Tensor> find(RankPlan plan, int sequence, int blocks) {
        return Optional.ofNullable(streams.get(new Key(sequence, prefix(plan, blocks))))
                .map(Kept::tensor);
    }

    /** What fills a tensor with a stream. */
    interface Fill {

        /** Writes every element. */
        void into(Tensor tensor);
    }

    /** Keeps the stream after the first so many blocks. */
    Tensor keep(RankPlan plan, int sequence, int blocks, int rows, int columns, Fill fill) {
        Scope scope = backend.scope();
        try {
            Tensor tensor = scope.tensor(rows, columns);
            fill.into(tensor);
            streams.put(new Key(sequence, prefix(plan, blocks)), new Kept(scope, tensor));
            return tensor;
        } catch (RuntimeException | Error failure) {
            scope.close();
            throw failure;
        }
    }

    /** Frees every stream that belongs to none of some plans. */
    void retain(Collection<RankPlan> plans, int blocks) {
        Set<Prefix> wanted = new HashSet<>();
        for (RankPlan plan : plans) {
            for (int b = 1; b <= blocks; b++) {
                wanted.add(prefix(plan, b));
            }
        }
        streams.entrySet().removeIf(stream -> {
            boolean unwanted = !wanted.contains(stream.getKey().prefix());
            if (unwanted) {
                stream.getValue().scope().close();
            }
            return unwanted;
        });
    }

    @Override
    public void close() {
        streams.values().forEach(kept -> kept.scope().close());
        streams.clear();
    }

    /** Over how many blocks, from the first, two plans agree. */
    static int sharedBlocks(RankPlan a, RankPlan b) {
        List<Layer> layers = a.layers();
        for (int i = 0; i < layers.size(); i++) {
            if (a.rank(i) != b.rank(i)) {
                return layers.get(i).block();
            }
        }
        return Integer.MAX_VALUE;
    }

    private static Prefix prefix(RankPlan plan, int blocks) {
        List<Integer> ranks = new ArrayList<>();
        List<Layer> layers = plan.layers();
        for (int i = 0; i < layers.size() && layers.get(i).block() < blocks; i++) {
            ranks.add(plan.rank(i));
        }
        return new Prefix(blocks, ranks);
    }
}
