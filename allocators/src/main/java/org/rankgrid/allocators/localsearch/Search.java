package org.rankgrid.allocators.localsearch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.rankgrid.allocators.components.TrustRegion;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.numerics.ErrorCurve;
import org.rankgrid.numerics.LowerHull;
import org.rankgrid.numerics.PairedDifference;
import org.rankgrid.spi.allocate.Trial;
import org.rankgrid.spi.allocate.Trials;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** Proposes plans near the best one so far, tries them, and learns from each trial. */
final class Search {

    /**
     * When to accept and when to stop.
     *
     * @param trials how many plans may be tried
     * @param patience how many in a row may fail
     * @param standardErrors by how many a difference has to be away from zero
     * @param step the largest first change of a rank as a share of it
     */
    record Rules(int trials, int patience, double standardErrors, double step) {}

    /** Proposals between two halvings of the step. */
    private static final int ROUND = 4;

    /** Of the layers, how many may move in a proposal, by turns. */
    private static final double[] SHARES = {1, 0.5, 1, 0.25, 0.5, 0.125};

    private static final double SMALLEST_STEP = 0.01;
    private static final int PROPOSALS_A_TRIAL = 10;

    private final Trials trials;
    private final Budget budget;
    private final Surrogate surrogate;
    private final List<Opinion> opinions;
    private final Rules rules;
    private final Random random;
    private final Set<RankPlan> tried = new HashSet<>();
    private final List<Map<String, Object>> moves = new ArrayList<>();

    private RankPlan best;
    private Trial bestTrial;
    private double step;
    private int asked;

    /**
     * A search.
     *
     * @param surrogate what learns from the trials
     * @param opinions whose wishes become proposals, by turns
     * @param start where it begins
     * @param startTrial its complete trial
     */
    Search(
            Trials trials,
            Budget budget,
            Surrogate surrogate,
            List<Opinion> opinions,
            Rules rules,
            Random random,
            RankPlan start,
            Trial startTrial) {
        this.trials = trials;
        this.budget = budget;
        this.surrogate = surrogate;
        this.opinions = List.copyOf(opinions);
        this.rules = rules;
        this.random = random;
        this.best = start;
        this.bestTrial = startTrial;
        this.step = rules.step();
        tried.add(start);
    }

    /** Searches; afterwards the best plan can be asked for. */
    void run() {
        int inVain = 0;
        int sinceProgress = 0;
        int proposals = PROPOSALS_A_TRIAL * rules.trials();
        for (int p = 0; p < proposals && asked < rules.trials() && inVain < rules.patience(); p++) {
            RankPlan proposal = propose(p);
            boolean isNew = tried.add(proposal);
            boolean better = isNew && tryOut(proposal);
            inVain = better ? 0 : inVain + (isNew ? 1 : 0);
            sinceProgress = better ? 0 : sinceProgress + 1;
            if (sinceProgress >= ROUND) {
                sinceProgress = 0;
                step = step / 2 < SMALLEST_STEP ? rules.step() : step / 2;
            }
        }
    }

    RankPlan best() {
        return best;
    }

    Trial bestTrial() {
        return bestTrial;
    }

    /** How many plans were tried. */
    int asked() {
        return asked;
    }

    /** The accepted moves, as a result records them. */
    List<Map<String, Object>> moves() {
        return List.copyOf(moves);
    }

    /**
     * The plan within reach that an opinion likes best. Most proposals may move only some of the layers, drawn at random, so
     * that a few bad ones do not spoil every move; these layers may also leap to and from dense.
     */
    private RankPlan propose(int turn) {
        List<double[]> errors = opinions.get(turn % opinions.size()).near(best);
        double share = SHARES[turn / opinions.size() % SHARES.length];
        List<Layer> layers = best.layers();
        boolean[] free = new boolean[layers.size()];
        for (int i = 0; i < free.length; i++) {
            free[i] = random.nextDouble() < share;
        }
        List<ErrorCurve> curves = new TrustRegion(best, step).curves(errors, i -> free[i], i -> share < 1);
        RankPlan wanted = LowerHull.within(budget.parameters(), curves).plan();
        return Apportionment.repair(budget, layers, RankWish.of(wanted));
    }

    private boolean tryOut(RankPlan proposal) {
        asked++;
        Trial trial = trials.challenge(proposal, bestTrial, rules.standardErrors());
        PairedDifference difference = PairedDifference.of(trial.nll(), bestTrial.nll());
        if (!Double.isFinite(difference.mean())) {
            return false;
        }
        double error = difference.standardError();
        surrogate.learn(best, proposal, difference.mean(), error * error);
        if (!trial.complete() || !difference.isBelowZero(rules.standardErrors())) {
            return false;
        }
        Map<String, Object> move = new LinkedHashMap<>();
        move.put("trial", (long) asked);
        move.put("nll", trial.meanNll());
        move.put("difference", difference.mean());
        move.put("standard_error", error);
        move.put("layers", changed(best, proposal));
        move.put("step", step);
        moves.add(move);
        best = proposal;
        bestTrial = trial;
        return true;
    }

    private static long changed(RankPlan from, RankPlan to) {
        long count = 0;
        for (int i = 0; i < from.layers().size(); i++) {
            count += from.rank(i) != to.rank(i) ? 1 : 0;
        }
        return count;
    }
}
