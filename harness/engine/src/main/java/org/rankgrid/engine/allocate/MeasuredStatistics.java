package org.rankgrid.engine.allocate;

import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.MaskObjective;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Sublayer;

/** Statistics from the caches, for an allocator that may ask only for what it declared. */
final class MeasuredStatistics implements Statistics {

    private final String allocator;
    private final Set<Need> declared;
    private final CalibrationStore calibration;
    private final IntFunction<double[]> spectra;
    private final Oracles oracles;
    private final Optional<RankPlan> start;

    MeasuredStatistics(
            String allocator,
            Set<Need> declared,
            CalibrationStore calibration,
            IntFunction<double[]> spectra,
            Oracles oracles,
            Optional<RankPlan> start) {
        this.allocator = allocator;
        this.declared = declared;
        this.calibration = calibration;
        this.spectra = spectra;
        this.oracles = oracles;
        this.start = start;
    }

    @Override
    public double[] spectrum(int layer) {
        require(Need.SPECTRA);
        return spectra.apply(layer);
    }

    @Override
    public Similarity sublayer(int block, Sublayer sublayer) {
        require(Need.SIMILARITIES);
        return calibration.sublayer(block, sublayer);
    }

    @Override
    public BlockSimilarity block(int block) {
        require(Need.SIMILARITIES);
        return calibration.block(block);
    }

    @Override
    public Gradients gradients() {
        require(Need.GRADIENTS);
        return oracles.gradients().get();
    }

    @Override
    public Trials trials() {
        require(Need.TRIALS);
        return oracles.trials().get();
    }

    @Override
    public MaskObjective masks() {
        require(Need.MASKS);
        return oracles.masks().get();
    }

    @Override
    public RankPlan start() {
        require(Need.START);
        return start.orElseThrow();
    }

    private void require(Need need) {
        if (!declared.contains(need)) {
            throw new IllegalStateException("allocator " + allocator + " asks for " + need + " without declaring it");
        }
    }
}
