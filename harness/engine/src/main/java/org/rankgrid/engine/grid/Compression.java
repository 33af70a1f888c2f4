package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.factorize.Factorization;

/**
 * How the model of a cell is compressed.
 *
 * @param factorization how weights are decomposed
 * @param allocator how ranks are shared
 * @param ratio the share of parameters removed; empty for an allocator whose plan is fixed
 * @param seed of the allocator, and of the calibration sample where the grid gives none
 * @param calibration what statistics are measured on, its seed settled
 * @param validation what plans are tried on, its seed settled; empty for an allocator that tries none
 * @param layers which layers are left out
 */
public record Compression(
        PluginChoice<Factorization> factorization,
        PluginChoice<Allocator> allocator,
        Optional<BigDecimal> ratio,
        long seed,
        Calibration calibration,
        Optional<TextSample> validation,
        LayerFilter layers) {

    /** Whether the model runs while the allocator does, which takes as long as the allocator likes. */
    public boolean runsTheModel() {
        return needs().stream().anyMatch(need -> switch (need) {
            case GRADIENTS, TRIALS, MASKS -> true;
            case SPECTRA, SIMILARITIES, START -> false;
        });
    }

    /** What has to be measured for the allocator, and for the one it starts from. */
    public Set<Need> needs() {
        return AllocatorNeeds.of(allocator);
    }
}
