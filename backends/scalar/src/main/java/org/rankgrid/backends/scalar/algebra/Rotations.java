package org.rankgrid.backends.scalar.algebra;

/**
 * Plane rotations of neighbouring rows, collected and then applied stripe by stripe of columns: a stripe stays in the cache
 * while thousands of rotations pass over it, where the whole matrix would not.
 */
final class Rotations {

    /** Values of a stripe: 512 kB. */
    private static final int STRIPE_VALUES = 1 << 16;

    private static final int CAPACITY = 1 << 14;

    private final double[][] rows;
    private final int[] row = new int[CAPACITY];
    private final double[] cosine = new double[CAPACITY];
    private final double[] sine = new double[CAPACITY];
    private int count;

    /** Rotations of these rows, in place. */
    Rotations(double[][] rows) {
        this.rows = rows;
    }

    /** Rows (i, i + 1) will become (c x - s y, s x + c y), after all rotations added before. */
    void add(int i, double c, double s) {
        if (count == CAPACITY) {
            flush();
        }
        row[count] = i;
        cosine[count] = c;
        sine[count] = s;
        count++;
    }

    /** Applies what was collected. */
    void flush() {
        int columns = rows[0].length;
        int width = Math.max(32, STRIPE_VALUES / rows.length);
        for (int from = 0; from < columns; from += width) {
            int to = Math.min(from + width, columns);
            for (int k = 0; k < count; k++) {
                Vectors.rotate(rows[row[k]], rows[row[k] + 1], cosine[k], sine[k], from, to);
            }
        }
        count = 0;
    }
}
