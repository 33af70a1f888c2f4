package org.rankgrid.spi.allocate;

import java.util.List;

/**
 * The loss of the model, with weights frozen, as a function of masks on the components of its layers: layer i computes
 * U diag(mask) V x, and exactly W x where its mask is all ones. Text comes from the calibration sequences, cut into pieces
 * whose order depends on the seed of the cell alone.
 */
public interface MaskObjective {

    /**
     * One evaluation, forward and backward.
     *
     * @param masks one a layer, K = min(m, n) finite values each
     * @param batch which text
     */
    MaskGradient evaluate(List<float[]> masks, Batch batch);

    /**
     * A piece of text.
     *
     * @param step counts up from 0; the same step has the same text, and no text comes again before all has come
     * @param sequences pieces in it
     * @param length tokens of a piece, at most the length of a calibration sequence
     */
    record Batch(int step, int sequences, int length) {}

    /**
     * The loss at some masks.
     *
     * @param nll mean negative log-likelihood of the predicted tokens, in nats
     * @param gradients derivative of {@code nll} with respect to each mask, all K components whether their mask is zero or not
     */
    record MaskGradient(double nll, List<double[]> gradients) {}
}
