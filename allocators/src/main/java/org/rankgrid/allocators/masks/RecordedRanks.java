package org.rankgrid.allocators.masks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/** Real-valued ranks as a result records them. */
final class RecordedRanks {

    private RecordedRanks() {}

    /** Ranks by the layers' keys, {@code "dense"} for dense ones. */
    static SequencedMap<String, Object> of(List<Layer> layers, double[] ranks) {
        SequencedMap<String, Object> recorded = new LinkedHashMap<>();
        for (int i = 0; i < ranks.length; i++) {
            recorded.put(layers.get(i).key(), ranks[i] == RankWish.DENSE ? "dense" : ranks[i]);
        }
        return recorded;
    }
}
