package org.rankgrid.engine.calibrate;

import java.util.List;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.compute.MomentValues;

/**
 * What calibration found in one decoder block.
 *
 * @param inputs one for each distinct input of a linear layer
 * @param attention similarity of the attention sublayer
 * @param feedForward similarity of the feed-forward sublayer
 * @param block similarity of the whole block
 */
public record BlockStatistics(List<Input> inputs, Similarity attention, Similarity feedForward, BlockSimilarity block) {

    /** Copies the list. */
    public BlockStatistics {
        inputs = List.copyOf(inputs);
    }

    /**
     * A distinct input.
     *
     * @param keys keys of the layers that read it (q, k and v share one; gate and up share one)
     * @param moments its moments over all calibration tokens
     */
    public record Input(List<String> keys, MomentValues moments) {

        /** Copies the list. */
        public Input {
            keys = List.copyOf(keys);
        }
    }
}
