package org.rankgrid.allocators.svdllmv2;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;

/**
 * SVD-LLM V2 (Wang et al., arXiv 2503.12340, Algorithm 1): inside each type of layer the removed share is proportional to
 * 1 / log L, L the truncation loss at the uniform rank (ALGORITHMS D.3).
 *
 * <p>The logarithm is not free of scale, and the paper leaves the scale open; an option stands at each point:
 *
 * <ul>
 *   <li>{@code loss}: the Frobenius norm of the error as printed, or the sum of the dropped singular values, which the LEMS
 *       code takes;
 *   <li>{@code tokens}: what squared values are divided by; 1 takes sums over the calibration tokens as they are, the number
 *       of tokens makes them means;
 *   <li>{@code small-losses}: at L = 1 the formula has a pole and below it the sign turns. {@code uniform} leaves a type with
 *       such a loss uniform, {@code literal} does so only where the sum of 1 / log L is not finite or not positive.
 * </ul>
 *
 * <p>Types that were left uniform are recorded with the result.
 */
public final class SvdLlmV2Allocator implements Allocator {

    @Override
    public String id() {
        return "svd-llm-v2";
    }

    @Override
    public String summary() {
        return "Removes less where a type of layer loses more, by the logarithm of the loss (SVD-LLM V2).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.choice(
                        "loss",
                        List.of("norm", "values"),
                        "Loss of a layer: the norm of its error, or the sum of its dropped singular values."),
                OptionSpec.whole(
                        "tokens",
                        1,
                        Long.MAX_VALUE,
                        1,
                        "What squared singular values are divided by before the logarithm; the number of calibration tokens"
                                + " makes sums into means."),
                OptionSpec.choice(
                        "small-losses",
                        List.of("uniform", "literal"),
                        "A type with a loss of 1 or less: leave it uniform, or take the formula at its word."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SPECTRA);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<Layer> layers = allocation.layers();
        Map<Role, List<Integer>> types = IntStream.range(0, layers.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> layers.get(i).role(), () -> new EnumMap<>(Role.class), Collectors.toList()));
        double ratio = allocation.budget().ratio().doubleValue();
        boolean literal = allocation.options().text("small-losses").equals("literal");
        double[] kept = new double[layers.size()];
        List<String> uniform = new ArrayList<>();
        types.forEach((role, members) -> {
            double[] losses =
                    members.stream().mapToDouble(i -> loss(allocation, i)).toArray();
            double[] shares = removed(ratio, losses, literal);
            if (shares.length == 0) {
                uniform.add(role.name().toLowerCase(Locale.ROOT));
            }
            for (int j = 0; j < members.size(); j++) {
                kept[members.get(j)] = 1 - (shares.length == 0 ? ratio : shares[j]);
            }
        });
        RankWish wish = KeptShares.wish(layers, kept);
        return uniform.isEmpty() ? wish : wish.with("uniform_types", uniform);
    }

    /** The removed shares of a type's layers, or none where the formula fails. */
    static double[] removed(double ratio, double[] losses, boolean literal) {
        double[] weights = Arrays.stream(losses).map(loss -> 1 / Math.log(loss)).toArray();
        double sum = Arrays.stream(weights).sum();
        boolean fails = literal
                ? !(sum > 0) || sum == Double.POSITIVE_INFINITY
                : Arrays.stream(losses).anyMatch(loss -> !(loss > 1));
        return fails
                ? new double[0]
                : Arrays.stream(weights)
                        .map(weight -> losses.length * ratio * weight / sum)
                        .toArray();
    }

    private static double loss(Allocation allocation, int i) {
        double[] spectrum = allocation.statistics().spectrum(i);
        double tokens = allocation.options().whole("tokens");
        Layer layer = allocation.layers().get(i);
        int rank = uniformRank(layer, allocation.budget().ratio());
        if (allocation.options().text("loss").equals("values")) {
            return Arrays.stream(spectrum, rank, spectrum.length)
                    .map(value -> Math.sqrt(value / tokens))
                    .sum();
        }
        return Math.sqrt(Arrays.stream(spectrum, rank, spectrum.length).sum() / tokens);
    }

    /** floor(m n (1 - ratio) / (m + n)), in exact arithmetic. */
    private static int uniformRank(Layer layer, BigDecimal ratio) {
        return BigDecimal.ONE
                .subtract(ratio)
                .multiply(BigDecimal.valueOf(layer.parameters()))
                .divideToIntegralValue(BigDecimal.valueOf(layer.costOfRank()))
                .intValueExact();
    }
}
