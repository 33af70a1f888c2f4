package org.rankgrid.engine.score;

/**
 * Tokens the last of which are predicted, each from all before it.
 *
 * @param ids at least two
 * @param from index of the first that is predicted, at least 1
 */
public record TokenSequence(int[] ids, int from) {

    /** Checks that there is something to predict, and something to predict it from. */
    public TokenSequence {
        if (from < 1 || from >= ids.length) {
            throw new IllegalArgumentException("of " + ids.length + " tokens those from " + from + " on are predicted");
        }
    }

    /** A window all of whose tokens but the first are predicted. */
    public static TokenSequence window(int... ids) {
        return new TokenSequence(ids, 1);
    }

    /** Number of tokens predicted. */
    public int predicted() {
        return ids.length - from;
    }

    /** Tokens that go through the model: all but the last, which nothing is predicted from. */
    public int rows() {
        return ids.length - 1;
    }
}
