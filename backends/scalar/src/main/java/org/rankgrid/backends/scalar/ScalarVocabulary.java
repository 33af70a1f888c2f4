package org.rankgrid.backends.scalar;

import java.util.Arrays;
import java.util.Optional;

/** Log-probabilities and what is made of them, the logits of one row at a time. hidden t by n, head v by n. */
final class ScalarVocabulary {

    private ScalarVocabulary() {}

    /** Log-probabilities of given tokens and the most probable one. */
    static void score(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        for (int i = 0; i < rows.length; i++) {
            int target = targets[i];
            Optional<Logits> logits = Logits.of(hidden.row(rows[i]), head, softCap);
            logProbabilities[i] =
                    logits.map(found -> found.logProbability(target)).orElse(Double.NaN);
            best[i] = logits.map(Logits::best).orElse(-1);
        }
    }

    /**
     * Log-probabilities, and the gradient of -weight log p of each: weight (p - [token is the target]) through cap and head.
     */
    static void differentiate(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            HostTensor dHidden) {
        for (int r = 0; r < dHidden.rows(); r++) {
            dHidden.writeRow(r, new float[dHidden.columns()]);
        }
        for (int i = 0; i < rows.length; i++) {
            int target = targets[i];
            Optional<Logits> logits = Logits.of(hidden.row(rows[i]), head, softCap);
            logProbabilities[i] =
                    logits.map(found -> found.logProbability(target)).orElse(Double.NaN);
            double[] gradient = new double[head.columns()];
            logits.ifPresentOrElse(
                    found -> addGradient(found, target, weight, head, softCap, gradient),
                    () -> Arrays.fill(gradient, Double.NaN));
            for (int j = 0; j < gradient.length; j++) {
                dHidden.set(rows[i], j, (float) gradient[j]);
            }
        }
    }

    private static void addGradient(
            Logits logits, int target, double weight, HostMatrix head, double softCap, double[] into) {
        float[] row = new float[head.columns()];
        for (int v = 0; v < logits.count(); v++) {
            double difference = Math.exp(logits.logProbability(v)) - (v == target ? 1 : 0);
            head.readRow(v, row);
            ScalarLinearBackward.addMultiple(
                    weight * difference * SoftCap.slope(logits.values()[v], softCap), ScalarLinear.doubles(row), into);
        }
    }

    /** Sum of p (log p - log q) of corresponding rows. */
    static void divergences(
            HostTensor hidden, HostTensor reference, HostMatrix head, double softCap, double[] divergences) {
        for (int r = 0; r < hidden.rows(); r++) {
            Optional<Logits> p = Logits.of(hidden.row(r), head, softCap);
            Optional<Logits> q = Logits.of(reference.row(r), head, softCap);
            divergences[r] = p.isPresent() && q.isPresent() ? divergence(p.get(), q.get()) : Double.NaN;
        }
    }

    private static double divergence(Logits p, Logits q) {
        double sum = 0;
        for (int v = 0; v < p.count(); v++) {
            double logarithm = p.logProbability(v);
            sum += Math.exp(logarithm) * (logarithm - q.logProbability(v));
        }
        return sum;
    }
}
