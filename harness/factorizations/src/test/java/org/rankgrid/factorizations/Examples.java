package org.rankgrid.factorizations;

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
