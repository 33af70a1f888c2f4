package org.rankgrid.engine.allocate;

import java.util.function.Supplier;
import org.rankgrid.engine.Effort;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.Trials;

/**
 * What is measured while an allocator runs, each made when it is first asked for.
 *
 * @param gradients derivatives of the loss
 * @param trials scores of plans
 * @param masks the loss under masks
 * @param effort what all of them have cost so far
 */
public record Oracles(
        Supplier<Gradients> gradients, Supplier<Trials> trials, Supplier<MaskObjective> masks, Effort effort) {

    /** No oracles, where only statistics of the calibration are there. */
    public static Oracles none() {
        return new Oracles(
                () -> {
                    throw absent();
                },
                () -> {
                    throw absent();
                },
                () -> {
                    throw absent();
                },
                new Effort());
    }

    private static IllegalStateException absent() {
        return new IllegalStateException("nothing can be measured here but the calibration's statistics");
    }
}
