package org.rankgrid.engine.decompose;

import java.util.List;
import java.util.Set;
import org.rankgrid.engine.Progress;
import org.rankgrid.engine.calibrate.CalibrationStore;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.DecompositionException;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;

/** Decomposes every layer of a model once, several layers side by side, each on one thread. */
public final class Decomposer {

    private final LinearAlgebra algebra;
    private final int threads;

    /**
     * A decomposer.
     *
     * @param threads layers that are decomposed side by side; changes no bit of the result
     */
    public Decomposer(LinearAlgebra algebra, int threads) {
        this.algebra = algebra;
        this.threads = threads;
    }

    /**
     * Decomposes the layers that the store does not have yet; each is stored as soon as it is done.
     *
     * @param layers the layers that are wanted
     * @throws DecompositionException if a layer cannot be decomposed; the message names it
     */
    public void run(
            DecoderWeights model,
            List<Layer> layers,
            CalibrationStore calibration,
            Factorization factorization,
            Options options,
            DecompositionStore store,
            Progress progress) {
        List<Layer> missing = store.missing(layers);
        long parameters = missing.stream().mapToLong(Layer::parameters).sum();
        try (Progress.Step step = progress.begin("decompose", parameters, "parameters")) {
            SideBySide.run(
                    threads,
                    missing.stream()
                            .<Runnable>map(layer -> () -> {
                                store.write(layer, decompose(model, calibration, factorization, options, layer));
                                step.advance(layer.parameters());
                            })
                            .toList());
        }
        store.completeIfWhole();
    }

    private Decomposition decompose(
            DecoderWeights model,
            CalibrationStore calibration,
            Factorization factorization,
            Options options,
            Layer layer) {
        if (!(model.linear(layer.key()) instanceof LinearWeights.Dense dense)) {
            throw new IllegalArgumentException("layer " + layer.key() + " is compressed already");
        }
        float[] narrow = dense.weight().readAll();
        double[] weight = new double[narrow.length];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = narrow[i];
        }
        Set<LayerStatistic> needs = factorization.needs(options);
        Factoring problem = new Factoring(
                layer,
                weight,
                calibration.moments(layer, needs),
                needs.contains(LayerStatistic.WEIGHT_GRADIENTS)
                        ? calibration.weightGradients().of(layer)
                        : new double[0]);
        try {
            return factorization.decompose(problem, algebra, options);
        } catch (DecompositionException failure) {
            throw new DecompositionException("layer " + layer.key() + ": " + failure.getMessage());
        }
    }
}
