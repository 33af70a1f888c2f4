package org.rankgrid.backends.vector;

/**
 * What is kept of the softmax of every query and head: its largest score, one over the sum of the exponentials, and the mean
 * of the weights' gradients under the weights. Tasks write apart from each other.
 */
final class SoftmaxRows {

    private float[] largest = {};
    private float[] inverseSums = {};
    private float[] means = {};
    private int tokens;

    /** Makes room for the queries of a batch. */
    void reserve(int heads, int rows) {
        tokens = rows;
        int count = Math.multiplyExact(heads, rows);
        if (largest.length < count) {
            largest = new float[count];
            inverseSums = new float[count];
            means = new float[count];
        }
    }

    /** Place of a head's query. */
    int place(int head, int row) {
        return head * tokens + row;
    }

    /** The largest score of a place. */
    float[] largest() {
        return largest;
    }

    /** One over the sum of the exponentials of the scores less the largest. */
    float[] inverseSums() {
        return inverseSums;
    }

    /** Sum of weight times the gradient with respect to it. */
    float[] means() {
        return means;
    }
}
