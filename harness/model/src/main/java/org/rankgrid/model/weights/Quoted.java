package org.rankgrid.model.weights;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Words from a file made fit to stand in a message, whatever they are. */
final class Quoted {

    private static final int LONGEST = 120;

    private Quoted() {}

    /** The word in quotes, cut where it is very long, without control characters. */
    static String of(String word) {
        return "'" + plain(word) + "'";
    }

    /** The text on one line, cut where it is very long, without control characters. */
    static String plain(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return shown.codePoints()
                .mapToObj(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                        ? "\\u%04x".formatted(c)
                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** A shape as [m, n]. */
    static String shape(int[] shape) {
        return Arrays.toString(shape);
    }
}
