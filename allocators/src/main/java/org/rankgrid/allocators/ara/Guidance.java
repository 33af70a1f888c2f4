package org.rankgrid.allocators.ara;

import java.util.List;
import org.rankgrid.allocators.masks.ExpectedSize;
import org.rankgrid.spi.rank.Layer;

/**
 * ARA's guidance loss, which helps layers across the kink where they become dense. Its formula is not public; both forms
 * are inferred (ALGORITHMS C.2) and within noise of none at all in what was measured.
 */
interface Guidance {

    /** No guidance. */
    Guidance NONE = new Guidance() {
        @Override
        public double value(double[] ranks) {
            return 0;
        }

        @Override
        public double slope(int i, double rank) {
            return 0;
        }
    };

    /** The loss at some expected ranks. */
    double value(double[] ranks);

    /** Its derivative with respect to the rank of layer i. */
    double slope(int i, double rank);

    /** The mean over layers of R (1 - R) where R is below 1: nothing at 0 and at 1, so that almost dense does not pay. */
    record Bimodal(ExpectedSize size) implements Guidance {

        @Override
        public double value(double[] ranks) {
            double sum = 0;
            for (int i = 0; i < ranks.length; i++) {
                double ratio = size.ratio(i, ranks[i]);
                sum += Math.max(0, ratio * (1 - ratio));
            }
            return sum / ranks.length;
        }

        @Override
        public double slope(int i, double rank) {
            double ratio = size.ratio(i, rank);
            return ratio < 1
                    ? (1 - 2 * ratio) * size.ratio(i, 1) / size.layers().size()
                    : 0;
        }
    }

    /**
     * The sum over layers of w (1 - e) max(0, 1 - R), w the layer's share of the parameters, e the share of its energy
     * retained, linear between whole ranks: it falls with every rank gained.
     *
     * @param spectra of the layers, descending
     */
    record PullUp(ExpectedSize size, List<double[]> spectra) implements Guidance {

        @Override
        public double value(double[] ranks) {
            double sum = 0;
            for (int i = 0; i < ranks.length; i++) {
                sum += weight(i) * lost(i, ranks[i]) * Math.max(0, 1 - size.ratio(i, ranks[i]));
            }
            return sum;
        }

        @Override
        public double slope(int i, double rank) {
            double missing = 1 - size.ratio(i, rank);
            if (missing <= 0) {
                return 0;
            }
            double[] spectrum = spectra.get(i);
            double total = total(spectrum);
            int next = Math.min((int) rank, spectrum.length - 1);
            double gained = total > 0 ? spectrum[next] / total : 0;
            return -weight(i) * (gained * missing + lost(i, rank) * size.ratio(i, 1));
        }

        private double weight(int i) {
            return (double) size.layers().get(i).parameters()
                    / size.layers().stream().mapToLong(Layer::parameters).sum();
        }

        private double lost(int i, double rank) {
            double[] spectrum = spectra.get(i);
            double total = total(spectrum);
            if (total == 0) {
                return 0;
            }
            double kept = 0;
            for (int j = 0; j < spectrum.length && j < rank; j++) {
                kept += spectrum[j] * Math.min(1, rank - j);
            }
            return Math.max(0, 1 - kept / total);
        }

        private static double total(double[] spectrum) {
            double total = 0;
            for (double value : spectrum) {
                total += value;
            }
            return total;
        }
    }
}
