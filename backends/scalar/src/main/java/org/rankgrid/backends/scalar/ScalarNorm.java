package org.rankgrid.backends.scalar;

/** Norms of rows and of groups of features. */
final class ScalarNorm {

    private ScalarNorm() {}

    /** x / sqrt(mean x^2 + epsilon) * weight over every w features; weight 1 by w. */
    static void rms(HostTensor x, HostTensor weight, double epsilon, HostTensor out) {
        int width = weight.columns();
        for (int r = 0; r < x.rows(); r++) {
            float[] row = x.row(r);
            for (int start = 0; start < row.length; start += width) {
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    squares += (double) row[start + j] * row[start + j];
                }
                double scale = 1 / Math.sqrt(squares / width + epsilon);
                for (int j = 0; j < width; j++) {
                    row[start + j] = (float) (row[start + j] * scale * weight.get(0, j));
                }
            }
            out.writeRow(r, row);
        }
    }

    /** (x - mean) / sqrt(variance + epsilon) * weight + bias over every row; the variance divides by n. */
    static void layer(HostTensor x, HostTensor weight, HostTensor bias, double epsilon, HostTensor out) {
        for (int r = 0; r < x.rows(); r++) {
            float[] row = x.row(r);
            double sum = 0;
            for (float value : row) {
                sum += value;
            }
            double mean = sum / row.length;
            double squares = 0;
            for (float value : row) {
                squares += (value - mean) * (value - mean);
            }
            double scale = 1 / Math.sqrt(squares / row.length + epsilon);
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) ((row[j] - mean) * scale * weight.get(0, j) + bias.get(0, j));
            }
            out.writeRow(r, row);
        }
    }
}
