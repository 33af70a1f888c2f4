package org.rankgrid.backends.scalar;

import org.jspecify.annotations.Nullable;

/** Products with weights. */
final class ScalarLinear {

    private ScalarLinear() {}

    /** out[r] = table[ids[r]]. */
    static void embed(HostMatrix table, int[] ids, HostTensor out) {
        float[] row = new float[table.columns()];
        for (int r = 0; r < ids.length; r++) {
            table.readRow(ids[r], row);
            out.writeRow(r, row);
        }
    }

    /** y = W x + b; x t by n, W m by n, y t by m. */
    static void dense(HostTensor x, HostMatrix weight, @Nullable HostTensor bias, HostTensor y) {
        double[][] inputs = rows(x);
        double[][] outputs = multiply(inputs, weight);
        write(outputs, bias, y);
    }

    /** y = A (B x) + b; x t by n, B k by n, A m by k, y t by m; B x stays in double. */
    static void lowRank(HostTensor x, HostMatrix left, HostMatrix right, @Nullable HostTensor bias, HostTensor y) {
        double[][] inner = multiply(rows(x), right);
        write(multiply(inner, left), bias, y);
    }

    /** Products of every row of a weight (m by n) with every input (t by n): t by m. */
    private static double[][] multiply(double[][] inputs, HostMatrix weight) {
        double[][] products = new double[inputs.length][weight.rows()];
        float[] row = new float[weight.columns()];
        for (int i = 0; i < weight.rows(); i++) {
            weight.readRow(i, row);
            for (int r = 0; r < inputs.length; r++) {
                products[r][i] = dot(row, inputs[r]);
            }
        }
        return products;
    }

    static double dot(float[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    static double[][] rows(HostTensor x) {
        double[][] rows = new double[x.rows()][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = doubles(x.row(r));
        }
        return rows;
    }

    static double[] doubles(float[] values) {
        double[] widened = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            widened[j] = values[j];
        }
        return widened;
    }

    private static void write(double[][] outputs, @Nullable HostTensor bias, HostTensor y) {
        for (int r = 0; r < outputs.length; r++) {
            for (int i = 0; i < y.columns(); i++) {
                double shift = bias == null ? 0 : bias.get(0, i);
                y.set(r, i, (float) (outputs[r][i] + shift));
            }
        }
    }
}
