package org.rankgrid.engine.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.engine.decompose.SideBySide;
import org.rankgrid.engine.grid.PluginChoice;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.factorize.LayerStatistic;
import org.rankgrid.spi.rank.Layer;

/**
 * Measures how fast layers are decomposed.
 *
 * @param machine what computes
 * @param watch takes the time
 */
record DecompositionProbe(Machine machine, Stopwatch watch) {

    /** Layers are decomposed for about so many operations, the cheapest first. */
    private static final double MOST_FLOPS = 5e10;

    /** How far two features of the made-up inputs are apart that still have much to do with each other. */
    private static final double REACH = 8;

    /**
     * Operations a second, several layers side by side.
     *
     * @param layers of one block
     */
    double flopsPerSecond(DecoderWeights model, List<Layer> layers, PluginChoice<Factorization> factorization) {
        List<Factoring> problems = new ArrayList<>();
        double flops = 0;
        for (Layer layer : layers.stream()
                .sorted(Comparator.comparingDouble(Price::decomposition))
                .toList()) {
            if (problems.isEmpty() || flops + Price.decomposition(layer) <= MOST_FLOPS) {
                problems.add(problem(model, layer, factorization));
                flops += Price.decomposition(layer);
            }
        }
        double seconds = watch.seconds(() -> SideBySide.run(
                machine.threads(),
                problems.stream()
                        .<Runnable>map(problem -> () ->
                                factorization.plugin().decompose(problem, machine.algebra(), factorization.options()))
                        .toList()));
        return flops / seconds;
    }

    /** A layer with its own weight and made-up inputs, whose Gram matrix is positive definite. */
    private static Factoring problem(DecoderWeights model, Layer layer, PluginChoice<Factorization> factorization) {
        float[] weight =
                ((LinearWeights.Dense) model.linear(layer.key())).weight().readAll();
        Set<LayerStatistic> needs = factorization.plugin().needs(factorization.options());
        int n = layer.columns();
        double[] gram = new double[needs.contains(LayerStatistic.GRAM) ? n * n : 0];
        for (int i = 0; i < gram.length; i++) {
            gram[i] = n * Math.exp(-Math.abs(i / n - i % n) / REACH);
        }
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        MomentValues moments = needs.isEmpty()
                ? MomentValues.none(n)
                : new MomentValues(n, gram, new long[] {n}, new double[][] {new double[n]}, ones);
        return new Factoring(
                layer,
                IntStream.range(0, weight.length).mapToDouble(i -> weight[i]).toArray(),
                moments,
                ones);
    }
}
