package org.rankgrid.allocators.marginalgain;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.Selection;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * The objective of marginal gain and knapsack: the sum over layers of w times the spectrum's tail, with its choice of weights
 * w (ALGORITHMS D.2).
 */
public final class WeightedSpectra {

    /** Which weights. */
    public static final OptionSpec WEIGHT = OptionSpec.choice(
            "weight",
            List.of("fisher", "abs", "rel", "rel1"),
            "What a layer's error is multiplied by: its Fisher weight, 1, or 1 over its energy without or with its first"
                    + " component left out (rel, rel1).");

    /** How much text the Fisher weights come from. */
    public static final OptionSpec SEQUENCES = OptionSpec.whole(
            "sequences",
            1,
            1_000_000,
            16,
            "Calibration sequences that the Fisher weights are taken from, the first ones.");

    private WeightedSpectra() {}

    /** Spectra, and gradients if the weights are Fisher's. */
    public static Set<Need> needs(Options options) {
        return fisher(options) ? EnumSet.of(Need.SPECTRA, Need.GRADIENTS) : EnumSet.of(Need.SPECTRA);
    }

    /**
     * The weighted error of every layer at every rank.
     *
     * @param dense whether layers may stay dense
     */
    public static List<ErrorCurve> curves(Allocation allocation, boolean dense) {
        double[] fisher = fisher(allocation.options()) ? fisher(allocation) : new double[0];
        return IntStream.range(0, allocation.layers().size())
                .mapToObj(i -> {
                    double[] spectrum = allocation.statistics().spectrum(i);
                    double weight = fisher.length > 0
                            ? fisher[i]
                            : weight(allocation.options().text("weight"), spectrum);
                    double[] scores =
                            Arrays.stream(spectrum).map(value -> weight * value).toArray();
                    return ErrorCurve.ofTail(allocation.layers().get(i), scores, dense);
                })
                .toList();
    }

    /** The wish for a selection, with its weighted error and what is proven of it. */
    public static RankWish wish(Selection selection) {
        return RankWish.of(selection.plan())
                .with("weighted_error", selection.error())
                .with("lower_bound", selection.lowerBound());
    }

    private static boolean fisher(Options options) {
        return options.text("weight").equals("fisher");
    }

    private static double[] fisher(Allocation allocation) {
        Gradients gradients = allocation.statistics().gradients();
        long count = Math.min(allocation.options().whole("sequences"), gradients.sequences());
        return gradients.outputFisher(0, Math.toIntExact(count));
    }

    private static double weight(String name, double[] spectrum) {
        double energy = Arrays.stream(spectrum, name.equals("rel1") ? 1 : 0, spectrum.length)
                .sum();
        // Without energy there is no error to weigh.
        return name.equals("abs") || energy == 0 ? 1 : 1 / energy;
    }
}
