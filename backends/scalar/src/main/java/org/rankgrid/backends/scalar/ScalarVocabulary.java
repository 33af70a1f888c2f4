package org.rankgrid.backends.scalar;

/** Log-probabilities, one asked row at a time. */
final class ScalarVocabulary {

    private ScalarVocabulary() {}

    /** hidden t by n, head v by n; the logits of one row are held at a time. */
    static void score(
            HostTensor hidden,
            int[] rows,
            int[] targets,
            HostMatrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        for (int i = 0; i < rows.length; i++) {
            double[] logits = logits(ScalarLinear.doubles(hidden.row(rows[i])), head);
            if (!allFinite(logits)) {
                logProbabilities[i] = Double.NaN;
                best[i] = -1;
                continue;
            }
            int largest = 0;
            for (int v = 0; v < logits.length; v++) {
                logits[v] = SoftCap.apply(logits[v], softCap);
                largest = logits[v] > logits[largest] ? v : largest;
            }
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit - logits[largest]);
            }
            logProbabilities[i] = logits[targets[i]] - logits[largest] - Math.log(sum);
            best[i] = largest;
        }
    }

    private static double[] logits(double[] hidden, HostMatrix head) {
        double[] logits = new double[head.rows()];
        float[] row = new float[head.columns()];
        for (int v = 0; v < logits.length; v++) {
            head.readRow(v, row);
            logits[v] = ScalarLinear.dot(row, hidden);
        }
        return logits;
    }

    private static boolean allFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
