package org.rankgrid.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.spi.rank.Layer;
import tools.jackson.databind.JsonNode;

/**
 * The error curves of a row of results, from the golden's own spectra and weights.
 *
 * @param golden all of the golden
 * @param row of marginal gain or of the knapsack
 */
record GoldenCurves(JsonNode golden, JsonNode row, List<Layer> layers) {

    /**
     * The curves with every Fisher weight and every gain a little off, up or down at random.
     *
     * @param ofWeights how much, relative
     * @param ofGains how much, relative
     */
    List<ErrorCurve> disturbed(Random random, double ofWeights, double ofGains) {
        boolean dense = !GoldenOptions.name(row).equals("mg");
        return layers.stream()
                .map(layer -> {
                    double[] spectrum = Goldens.doubles(golden.at("/spectra")
                            .required(GoldenLayers.name(layer))
                            .required("eigenvalues"));
                    double weight = weight(layer, spectrum, random, ofWeights);
                    double[] scores = Arrays.stream(spectrum)
                            .map(value -> weight * value * disturbance(random, ofGains))
                            .toArray();
                    return ErrorCurve.ofTail(layer, scores, dense);
                })
                .toList();
    }

    private double weight(Layer layer, double[] spectrum, Random random, double disturbance) {
        return switch (row.at("/options/weight").asString()) {
            case "abs" -> 1;
            case "rel" -> 1 / Arrays.stream(spectrum).sum();
            case "rel1" -> 1 / Arrays.stream(spectrum).skip(1).sum();
            case "fisher" -> GoldenLayers.fisher(golden.required("fisher"), layer) * disturbance(random, disturbance);
            case String other -> throw new IllegalArgumentException("weight " + other);
        };
    }

    private static double disturbance(Random random, double most) {
        return random.nextBoolean() ? 1 + most : 1 - most;
    }
}
