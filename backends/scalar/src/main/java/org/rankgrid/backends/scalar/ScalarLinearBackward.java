package org.rankgrid.backends.scalar;

/** Products with transposed weights, and of gradients with inputs. */
final class ScalarLinearBackward {

    private ScalarLinearBackward() {}

    /** dx = W^T dy; dy t by m, W m by n, dx t by n. */
    static void dense(HostTensor dy, HostMatrix weight, HostTensor dx) {
        write(multiplyTransposed(ScalarLinear.rows(dy), weight), dx);
    }

    /** dx = B^T (A^T dy); dy t by m, A m by k, B k by n, dx t by n; A^T dy stays in double. */
    static void lowRank(HostTensor dy, HostMatrix left, HostMatrix right, HostTensor dx) {
        double[][] inner = multiplyTransposed(ScalarLinear.rows(dy), left);
        write(multiplyTransposed(inner, right), dx);
    }

    /** dW = dW + dy^T x; dy t by m, x t by n, dW m by n. */
    static void weight(HostTensor dy, HostTensor x, HostTensor into) {
        double[][] gradients = ScalarLinear.rows(dy);
        double[][] inputs = ScalarLinear.rows(x);
        for (int i = 0; i < into.rows(); i++) {
            double[] sums = ScalarLinear.doubles(into.row(i));
            for (int r = 0; r < inputs.length; r++) {
                addMultiple(gradients[r][i], inputs[r], sums);
            }
            for (int j = 0; j < sums.length; j++) {
                into.set(i, j, (float) sums[j]);
            }
        }
    }

    /** Products of a transposed weight (m by n) with every gradient (t by m): t by n. */
    private static double[][] multiplyTransposed(double[][] gradients, HostMatrix weight) {
        double[][] products = new double[gradients.length][weight.columns()];
        float[] row = new float[weight.columns()];
        for (int i = 0; i < weight.rows(); i++) {
            weight.readRow(i, row);
            double[] values = ScalarLinear.doubles(row);
            for (int r = 0; r < gradients.length; r++) {
                addMultiple(gradients[r][i], values, products[r]);
            }
        }
        return products;
    }

    /** into = into + factor * x. */
    static void addMultiple(double factor, double[] x, double[] into) {
        for (int j = 0; j < x.length; j++) {
            into[j] += factor * x[j];
        }
    }

    private static void write(double[][] values, HostTensor into) {
        for (int r = 0; r < values.length; r++) {
            for (int j = 0; j < into.columns(); j++) {
                into.set(r, j, (float) values[r][j]);
            }
        }
    }
}
