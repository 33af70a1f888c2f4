package org.rankgrid.factorizations;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.rankgrid.backends.scalar.algebra.JavaLinearAlgebra;
import org.rankgrid.spi.compute.LinearAlgebra;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.factorize.Decomposition;
import org.rankgrid.spi.factorize.Factoring;
import org.rankgrid.spi.factorize.Factorization;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** Small problems, and truncations multiplied out. */
final class Examples {

    static final LinearAlgebra ALGEBRA = new JavaLinearAlgebra();

    private Examples() {}

    static double[] random(int count, long seed) {
        return new SplittableRandom(seed).doubles(count, -1, 1).toArray();
    }

    /** The Gram matrix of random inputs. */
    static double[] gram(int n, int tokens, long seed) {
        double[] x = random(n * tokens, seed);
        return ALGEBRA.multiplyTransposedRight(x, x, n, tokens, n);
    }

    static Factoring factoring(double[] weight, double[] gram, int m, int n) {
        return new Factoring(
                new Layer("h.0.attn.c_proj", 0, Role.O, m, n),
                weight,
                new MomentValues(n, gram, new long[0], new double[0][], new double[0]));
    }

    static Decomposition decompose(Factorization factorization, double[] weight, double[] gram, int m, int n) {
        return factorization.decompose(
                factoring(weight, gram, m, n), ALGEBRA, Options.defaults(factorization.options()));
    }

    static double[] diagonal(double... values) {
        double[] matrix = new double[values.length * values.length];
        for (int i = 0; i < values.length; i++) {
            matrix[i * values.length + i] = values[i];
        }
        return matrix;
    }

    /** Inputs, n by t: features of different sizes, none with mean zero. */
    static double[] inputs(int n, int tokens, long seed) {
        double[] x = random(n * tokens, seed);
        for (int i = 0; i < x.length; i++) {
            int feature = i / tokens;
            x[i] = (1 + feature) * x[i] + Math.cos(feature);
        }
        return x;
    }

    /** The moments of inputs, n by t, that divide into groups one after the other. */
    static MomentValues moments(double[] x, int n, int... groupTokens) {
        int tokens = Arrays.stream(groupTokens).sum();
        double[][] sums = new double[groupTokens.length][n];
        double[] absoluteSums = new double[n];
        for (int i = 0; i < n; i++) {
            int t = 0;
            for (int group = 0; group < groupTokens.length; group++) {
                for (int end = t + groupTokens[group]; t < end; t++) {
                    sums[group][i] += x[i * tokens + t];
                    absoluteSums[i] += Math.abs(x[i * tokens + t]);
                }
            }
        }
        return new MomentValues(
                n,
                ALGEBRA.multiplyTransposedRight(x, x, n, tokens, n),
                Arrays.stream(groupTokens).asLongStream().toArray(),
                sums,
                absoluteSums);
    }

    /** Decomposes with options other than the defaults. */
    static Decomposition decompose(Factorization factorization, Factoring problem, Map<String, Object> options) {
        return factorization.decompose(problem, ALGEBRA, Options.of(factorization.options(), options));
    }

    static Factoring factoring(double[] weight, MomentValues moments, int m, int n) {
        return new Factoring(new Layer("h.0.attn.c_proj", 0, Role.O, m, n), weight, moments);
    }

    /** The squared error of the first k components over inputs, n by t, token by token and with the bias they bring. */
    static double loss(Decomposition decomposition, int k, double[] weight, double[] x) {
        int n = decomposition.columns();
        int tokens = x.length / n;
        double[] truncated = truncated(decomposition, k);
        double[] centre = decomposition.centre().orElse(new double[n]);
        double loss = 0;
        for (int i = 0; i < decomposition.rows(); i++) {
            for (int t = 0; t < tokens; t++) {
                double error = 0;
                for (int j = 0; j < n; j++) {
                    error += (weight[i * n + j] - truncated[i * n + j]) * (x[j * tokens + t] - centre[j]);
                }
                loss += error * error;
            }
        }
        return loss;
    }

    /** W' of the first k components. */
    static double[] truncated(Decomposition decomposition, int k) {
        int n = decomposition.columns();
        double[] product = new double[decomposition.rows() * n];
        for (int i = 0; i < decomposition.rows(); i++) {
            for (int j = 0; j < n; j++) {
                for (int c = 0; c < k; c++) {
                    product[i * n + j] += (double) decomposition.left()[i * decomposition.components() + c]
                            * decomposition.right()[c * n + j];
                }
            }
        }
        return product;
    }
}
