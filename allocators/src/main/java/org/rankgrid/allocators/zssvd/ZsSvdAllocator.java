package org.rankgrid.allocators.zssvd;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.zssvd.TailRemoval.Order;
import org.rankgrid.allocators.zssvd.TailRemoval.Rule;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Zero-Sum SVD (arXiv 2602.02848): removes last components one by one so that the predicted changes of the loss, positive and
 * negative, cancel (ALGORITHMS D.7). The change is the negated gradient with respect to a mask on the component, per token, at
 * the dense model.
 *
 * <p>The authors' variants are orders of removal: {@code smallest} (smallest_mag) does not balance signs, {@code sval-mag-het}
 * goes by singular values alone, {@code negative-sum} takes what promises to lower the loss first. The release also reorders
 * the components inside a layer for the last one; a plan here keeps leading components, so only the order of layers is theirs.
 *
 * <p>Parameters are credited as the release (37e73f6) does, by the rank after a removal; {@code accounting: lagging} takes the
 * rank before it.
 *
 * <p>The paper takes the gradient from one sequence of 2048 tokens in one step, or from several steps with corrections of the
 * weights between them; this is the one step. The result records the sum of predicted changes and the parameters credited.
 */
public final class ZsSvdAllocator implements Allocator {

    private static final String VARIANT = "variant";
    private static final String BY_VALUE = "sval-mag-het";

    @Override
    public String id() {
        return "zs-svd";
    }

    @Override
    public String summary() {
        return "Removes components so that predicted changes of the loss cancel (ZS-SVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.choice(
                        VARIANT,
                        List.of("zero-sum", "smallest", BY_VALUE, "negative-sum"),
                        "Which component goes next: balanced signs, smallest change, smallest singular value, most negative"
                                + " change."),
                OptionSpec.choice(
                        "accounting",
                        List.of("exact", "lagging"),
                        "What a removal is credited: what it saves, or what the layer's rank before it saves, which removes a"
                                + " little more than it counts."),
                OptionSpec.choice(
                        "order",
                        List.of("first", "second"),
                        "The predicted change: minus the gradient, or plus half its square as well."),
                OptionSpec.real(
                        "keep-rank-ratio",
                        0,
                        1,
                        0,
                        "Share of its largest saving rank that every layer keeps; the authors take 0.3 at ratio 0.6."),
                OptionSpec.whole(
                        "sequences",
                        1,
                        1_000_000,
                        16,
                        "Calibration sequences that gradients are taken from, the first."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(byValue(options) ? Need.SPECTRA : Need.GRADIENTS);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        Options options = allocation.options();
        double[][] changes = byValue(options) ? singularValues(allocation) : predictedChanges(allocation);
        Order order = switch (options.text(VARIANT)) {
            case "zero-sum" -> Order.ZERO_SUM;
            case "negative-sum" -> Order.NEGATIVE_SUM;
            default -> Order.SMALLEST;
        };
        Rule rule = new Rule(order, options.text("accounting").equals("lagging"), options.real("keep-rank-ratio"));
        long quota = allocation.budget().dense() - allocation.budget().parameters();
        TailRemoval removal = TailRemoval.run(allocation.layers(), changes, quota, rule);
        RankWish wish = removal.wish().with("credited", removal.credited());
        return byValue(options) ? wish : wish.with("predicted_change", removal.sum());
    }

    private static boolean byValue(Options options) {
        return options.text(VARIANT).equals(BY_VALUE);
    }

    private static double[][] singularValues(Allocation allocation) {
        double[][] values = new double[allocation.layers().size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.stream(allocation.statistics().spectrum(i))
                    .map(Math::sqrt)
                    .toArray();
        }
        return checked(values);
    }

    private static double[][] predictedChanges(Allocation allocation) {
        Gradients gradients = allocation.statistics().gradients();
        int sequences = (int) Math.min(allocation.options().whole("sequences"), gradients.sequences());
        boolean second = allocation.options().text("order").equals("second");
        List<ComponentGradient> components = gradients.components(RankPlan.dense(allocation.layers()), 0, sequences);
        double[][] changes = new double[components.size()][];
        for (int i = 0; i < changes.length; i++) {
            ComponentGradient layer = components.get(i);
            changes[i] = Arrays.stream(layer.products())
                    .map(product -> product / layer.tokens())
                    .map(gradient -> (second ? gradient * gradient / 2 : 0) - gradient)
                    .toArray();
        }
        return checked(changes);
    }

    private static double[][] checked(double[][] changes) {
        for (int i = 0; i < changes.length; i++) {
            for (double change : changes[i]) {
                if (!Double.isFinite(change)) {
                    throw new IllegalArgumentException("a predicted change of layer " + i + " is " + change);
                }
            }
        }
        return changes;
    }
}
