package org.rankgrid.allocators.mgaa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Sublayer;

/**
 * The compressible layers of one sublayer.
 *
 * @param block index of its decoder block
 * @param sublayer which of the block's two
 * @param indexes where its layers stand among the layers of the model
 * @param parameters P, their dense parameters
 */
record SublayerLayers(int block, Sublayer sublayer, List<Integer> indexes, long parameters) {

    private record Place(int block, Sublayer sublayer) {}

    /** The sublayers that have layers to compress, in the order in which they first appear. */
    static List<SublayerLayers> of(List<Layer> layers) {
        Map<Place, List<Integer>> indexes = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            indexes.computeIfAbsent(new Place(layer.block(), layer.role().sublayer()), place -> new ArrayList<>())
                    .add(i);
        }
        return indexes.entrySet().stream()
                .map(entry -> new SublayerLayers(
                        entry.getKey().block(),
                        entry.getKey().sublayer(),
                        List.copyOf(entry.getValue()),
                        entry.getValue().stream()
                                .mapToLong(i -> layers.get(i).parameters())
                                .sum()))
                .toList();
    }

    /** Whether this is a feed-forward network. */
    boolean feedForward() {
        return sublayer == Sublayer.FEED_FORWARD;
    }
}
