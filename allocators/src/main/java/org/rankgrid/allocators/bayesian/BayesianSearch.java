package org.rankgrid.allocators.bayesian;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.rankgrid.numerics.ExpectedImprovement;
import org.rankgrid.numerics.GaussianProcess;
import org.rankgrid.numerics.PythonRandom;
import org.rankgrid.spi.rank.RankPlan;

/**
 * Minimises a costly function over the feasible points of a space: an initial design, then points where a Gaussian process
 * expects the largest improvement on the lowest value so far, and now and then a random one.
 */
final class BayesianSearch {

    private static final int FAR_CANDIDATES = 100;
    private static final double RANDOM_SHARE = 0.1;
    private static final int RESTARTS = 2;
    private static final int LOCAL_STARTS = 3;
    private static final int LOCAL_ROUNDS = 10;
    private static final double[] LOCAL_STEPS = {0.2, 0.2, 0.05, 0.05};

    /**
     * How long to search.
     *
     * @param trials evaluations in all
     * @param initial of them the initial design
     * @param candidates random points of which the most promising is taken
     */
    record Effort(int trials, int initial, int candidates) {}

    private record Candidate(double[] point, double improvement) {}

    /** What is expected of points. */
    private record Promise(SearchSpace space, GaussianProcess process, double lowest) {

        Candidate of(double[] point) {
            GaussianProcess.Prediction prediction = process.predict(space.scaled(point));
            return new Candidate(point, ExpectedImprovement.of(lowest, prediction.mean(), prediction.deviation()));
        }
    }

    private final SearchSpace space;
    private final Function<double[], RankPlan> plan;
    private final ToDoubleFunction<RankPlan> objective;
    private final Effort effort;
    private final PythonRandom random;
    private final Observations observations = new Observations();
    private Optional<GaussianProcess> process = Optional.empty();

    /**
     * A search.
     *
     * @param plan what a point stands for; points of one plan are not tried twice as long as there are others
     * @param objective what to minimise
     */
    BayesianSearch(
            SearchSpace space,
            Function<double[], RankPlan> plan,
            ToDoubleFunction<RankPlan> objective,
            Effort effort,
            long seed) {
        this.space = space;
        this.plan = plan;
        this.objective = objective;
        this.effort = effort;
        this.random = new PythonRandom(seed);
    }

    /** Runs all trials. */
    Observations run() {
        evaluate(space.start());
        while (observations.size() < Math.min(effort.initial(), effort.trials())) {
            evaluate(farFromAll());
        }
        while (observations.size() < effort.trials()) {
            evaluate(random.random() < RANDOM_SHARE ? space.random(random) : promising());
        }
        return observations;
    }

    /** The process that proposed last; empty if all points were chosen without. */
    Optional<GaussianProcess> process() {
        return process;
    }

    private void evaluate(double[] point) {
        RankPlan made = plan.apply(point);
        observations.add(point, made, objective.applyAsDouble(made));
    }

    /** The one of a few random points whose nearest neighbour among those tried is farthest. */
    private double[] farFromAll() {
        double[] farthest = space.random(random);
        double distance = nearest(farthest);
        for (int i = 1; i < FAR_CANDIDATES; i++) {
            double[] candidate = space.random(random);
            double apart = nearest(candidate);
            if (apart > distance) {
                distance = apart;
                farthest = candidate;
            }
        }
        return farthest;
    }

    private double nearest(double[] point) {
        double[] place = space.scaled(point);
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] other : observations.points()) {
            double[] otherPlace = space.scaled(other);
            double squared = 0;
            for (int d = 0; d < place.length; d++) {
                squared += (place[d] - otherPlace[d]) * (place[d] - otherPlace[d]);
            }
            nearest = Math.min(nearest, squared);
        }
        return nearest;
    }

    private double[] promising() {
        List<double[]> places =
                observations.points().stream().map(space::scaled).toList();
        GaussianProcess fitted = GaussianProcess.fit(
                places, observations.values(), space.lengthScales(), RESTARTS, random.getrandbits(62));
        process = Optional.of(fitted);
        Promise promise = new Promise(space, fitted, observations.values()[observations.best()]);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < effort.candidates(); i++) {
            candidates.add(promise.of(space.random(random)));
        }
        for (int start : observations.lowest(LOCAL_STARTS)) {
            climb(observations.points().get(start), promise, candidates);
        }
        candidates.sort(Comparator.comparingDouble(Candidate::improvement).reversed());
        for (Candidate candidate : candidates) {
            if (!observations.tried(plan.apply(candidate.point()))) {
                return candidate.point();
            }
        }
        return candidates.getFirst().point();
    }

    /** Steps to the best neighbour as long as one is better. */
    private void climb(double[] start, Promise promise, List<Candidate> candidates) {
        Candidate current = promise.of(start);
        for (int round = 0; round < LOCAL_ROUNDS; round++) {
            Candidate best = current;
            for (int variable = 0; variable < space.size(); variable++) {
                for (double step : LOCAL_STEPS) {
                    Candidate neighbour = promise.of(space.neighbour(current.point(), variable, step, random));
                    candidates.add(neighbour);
                    best = neighbour.improvement() > best.improvement() ? neighbour : best;
                }
            }
            if (best.improvement() <= current.improvement()) {
                return;
            }
            current = best;
        }
    }
}
