package org.rankgrid.cli.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rankgrid.spi.InputException;

/**
 * Shape of a weight.
 *
 * @param m features out
 * @param n features in
 */
public record WeightShape(int m, int n) {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})x([1-9][0-9]{0,6})");

    /**
     * The shape of a text such as {@code 576x1536}.
     *
     * @throws InputException if it is none
     */
    public static WeightShape parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new InputException(
                    "'" + text + "' is not a shape: expected rows and columns of a weight, such as 576x1536");
        }
        return new WeightShape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The rank that removes a share of the weight's parameters. */
    public int rank(double ratio) {
        return Math.max(1, (int) ((1 - ratio) * m * n / (m + n)));
    }

    @Override
    public String toString() {
        return m + "x" + n;
    }
}
