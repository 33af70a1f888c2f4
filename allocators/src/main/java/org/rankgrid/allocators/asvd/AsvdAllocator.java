package org.rankgrid.allocators.asvd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.asvd.TruncationSearch.Entry;
import org.rankgrid.allocators.trial.LayerTrials;
import org.rankgrid.allocators.trial.PlanScores;
import org.rankgrid.allocators.trial.TriedShares;
import org.rankgrid.numerics.KeptShares;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * ASVD's sensitivity-based truncation rank search (arXiv 2312.05821; ALGORITHMS D.4): the perplexity with one layer alone
 * cut to each of some shares, then one threshold for all layers. It costs a trial for every layer and share, or none
 * where the stable rank is the metric.
 *
 * <p>The search counts nominal ratios and may end on either side of the target; the engine's repair scales it, and what
 * it kept before stands in the facts. The published list includes the head, which is not compressed here.
 */
public final class AsvdAllocator implements Allocator {

    /** How the released code makes a score of a stable rank and a share. */
    private static final double STABLE_RANK_EXPONENT = 0.1;

    @Override
    public String id() {
        return "asvd";
    }

    @Override
    public String summary() {
        return "Cuts each layer to the smallest share whose harm alone stays under one threshold (ASVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                OptionSpec.choice(
                        "metric",
                        List.of("ppl", "stable-rank"),
                        "Harm of a cut: perplexity with that layer alone cut, or minus stable rank times share^0.1."),
                OptionSpec.choice(
                        "search",
                        List.of("clean", "released"),
                        "Take the last threshold within the target, or the last one that the released code looks at."),
                OptionSpec.text("shares", "0.4,0.5,0.6,0.7,0.8,0.9", "Kept shares of a layer that are tried."),
                PlanScores.SEQUENCES);
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(byTrials(options) ? Need.TRIALS : Need.SPECTRA);
    }

    private static boolean byTrials(Options options) {
        return options.text("metric").equals("ppl");
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        List<Layer> layers = allocation.layers();
        List<Double> shares = TriedShares.parse("shares", allocation.options().text("shares"));
        TruncationSearch search = new TruncationSearch(
                byTrials(allocation.options()) ? byTrials(allocation, shares) : byStableRank(allocation, shares),
                layers.stream().mapToLong(Layer::parameters).toArray());
        double target = allocation.budget().keptShare();
        boolean released = allocation.options().text("search").equals("released");
        double[] kept = released ? search.released(target) : search.clean(target);
        return KeptShares.wish(layers, kept).with("kept", search.kept(kept));
    }

    private static List<Entry> byTrials(Allocation allocation, List<Double> shares) {
        PlanScores scores = new PlanScores(allocation);
        RankPlan dense = RankPlan.dense(allocation.layers());
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < allocation.layers().size(); i++) {
            for (double share : shares) {
                int rank = LayerTrials.rank(allocation.layers().get(i), share);
                entries.add(new Entry(i, share, scores.nll(LayerTrials.changed(dense, i, rank))));
            }
        }
        return entries;
    }

    /** Minus the sum of the spectrum over its largest value, times a power of the share; a spectrum of zeros has rank 0. */
    private static List<Entry> byStableRank(Allocation allocation, List<Double> shares) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < allocation.layers().size(); i++) {
            double[] spectrum = allocation.statistics().spectrum(i);
            double sum = 0;
            for (double value : spectrum) {
                sum += value;
            }
            double stableRank = spectrum[0] > 0 ? sum / spectrum[0] : 0;
            for (double share : shares) {
                entries.add(new Entry(i, share, -stableRank * Math.pow(share, STABLE_RANK_EXPONENT)));
            }
        }
        return entries;
    }
}
