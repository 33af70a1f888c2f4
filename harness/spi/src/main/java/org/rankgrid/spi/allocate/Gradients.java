package org.rankgrid.spi.allocate;

import java.util.List;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Derivatives of the next-token loss on the calibration sequences. Every call runs the model forward and backward over the
 * sequences asked for, unless the same was asked before.
 */
public interface Gradients {

    /** Number of calibration sequences there are. */
    int sequences();

    /**
     * The isotropic Fisher weight of every layer of the dense model: the mean over tokens and output features of the squared
     * gradient of the summed next-token loss of a sequence with respect to the layer's output (ALGORITHMS D.2, MG-w).
     *
     * @param first the first calibration sequence, counted on from the beginning again past the last
     * @param count how many
     * @return one weight a layer
     */
    double[] outputFisher(int first, int count);

    /**
     * What the components of every layer do to the loss of the model under a plan: all K of them, kept or dropped. The loss
     * is summed over the tokens of a sequence.
     *
     * @param plan the model's ranks; the layers left dense are exactly W
     * @param first the first calibration sequence, counted on from the beginning again past the last
     * @param count how many
     * @return one entry a layer
     */
    List<ComponentGradient> components(RankPlan plan, int first, int count);
}
