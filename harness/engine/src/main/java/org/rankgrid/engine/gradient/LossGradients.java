package org.rankgrid.engine.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.rankgrid.engine.Effort;
import org.rankgrid.engine.Progress;
import org.rankgrid.model.decoder.ComponentDecoder;
import org.rankgrid.model.decoder.GradientObserver;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.ProductSumValues;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Derivatives of the summed next-token loss over calibration sequences, each question computed once, ever.
 *
 * @param decoder loaded when first needed, and not closed here
 * @param backend what it runs on
 * @param layers the layers asked about, in order
 * @param calibration the calibration sequences
 * @param store what has been computed
 * @param effort receives what it costs
 * @param progress told of every question
 */
public record LossGradients(
        Supplier<ComponentDecoder> decoder,
        Backend backend,
        List<Layer> layers,
        List<int[]> calibration,
        GradientStore store,
        Effort effort,
        Progress progress)
        implements Gradients {

    @Override
    public int sequences() {
        return calibration.size();
    }

    @Override
    public double[] outputFisher(int first, int count) {
        List<int[]> range = range(first, count);
        int from = first % calibration.size();
        Optional<double[]> known = store.fisher(from, count);
        if (known.isPresent()) {
            return known.get();
        }
        double[] weights = measureFisher(range);
        store.putFisher(from, count, weights);
        return weights;
    }

    @Override
    public List<ComponentGradient> components(RankPlan plan, int first, int count) {
        List<int[]> range = range(first, count);
        int from = first % calibration.size();
        Optional<List<ComponentGradient>> known = store.components(plan, from, count);
        if (known.isPresent()) {
            return known.get();
        }
        List<ComponentGradient> gradients = measureComponents(plan, range);
        store.putComponents(plan, from, count, gradients);
        return gradients;
    }

    private double[] measureFisher(List<int[]> range) {
        try (Scope scope = backend.scope()) {
            Map<String, ProductSums> sums = new HashMap<>();
            layers.forEach(layer -> sums.put(layer.key(), scope.productSums(layer.rows())));
            run(RankPlan.dense(layers), range, pass -> new GradientObserver() {
                @Override
                public boolean wantsComponents() {
                    return false;
                }

                @Override
                public void linear(Layer layer, Tensor input, Tensor gradient) {
                    ProductSums into = sums.get(layer.key());
                    if (into != null) {
                        backend.backward().accumulate(gradient, gradient, pass.packing(), into);
                    }
                }
            });
            List<Double> weights = new ArrayList<>();
            for (Layer layer : layers) {
                ProductSums of = sums.get(layer.key());
                if (of != null) {
                    ProductSumValues values = backend.backward().values(of);
                    weights.add(
                            DoubleStream.of(values.leftSquares()).sum() / ((double) values.tokens() * layer.rows()));
                }
            }
            return weights.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private List<ComponentGradient> measureComponents(RankPlan plan, List<int[]> range) {
        try (ComponentSums sums = new ComponentSums(backend, layers)) {
            run(plan, range, pass -> sums.observer(pass.packing()));
            return sums.values().stream()
                    .map(values -> new ComponentGradient(
                            values.tokens(),
                            values.sequences(),
                            values.products(),
                            values.squaredSequenceProducts(),
                            values.squaredProducts(),
                            values.leftSquares(),
                            values.rightSquares()))
                    .toList();
        }
    }

    private void run(RankPlan plan, List<int[]> range, SequencePasses.Watch watch) {
        long tokens = range.stream().mapToLong(ids -> ids.length).sum();
        decoder.get().use(plan);
        try (Progress.Step step = progress.begin("gradients", tokens, "tokens")) {
            SequencePasses.run(decoder.get(), range, pass -> {
                step.advance(pass.packing().tokens());
                return watch.of(pass);
            });
        }
        effort.trained(tokens);
    }

    private List<int[]> range(int first, int count) {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException("sequences " + first + " and " + count + " from there asked for");
        }
        List<int[]> range = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            range.add(calibration.get((int) (((long) first + i) % calibration.size())));
        }
        return range;
    }
}
