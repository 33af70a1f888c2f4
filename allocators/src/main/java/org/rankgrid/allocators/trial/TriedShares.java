package org.rankgrid.allocators.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.rankgrid.spi.InputException;

/** Lists of kept shares as options write them: numbers in (0, 1] between commas. */
public final class TriedShares {

    private TriedShares() {}

    /**
     * Reads a list.
     *
     * @param option the option's name, for the sentence of an error
     * @return the shares, ascending, without repetitions
     * @throws InputException if the text is no such list
     */
    public static List<Double> parse(String option, String text) {
        TreeSet<Double> shares = new TreeSet<>();
        for (String word : text.split(",", -1)) {
            try {
                double share = Double.parseDouble(word.strip());
                if (!(share > 0 && share <= 1)) {
                    throw refused(option, text, word);
                }
                shares.add(share);
            } catch (NumberFormatException notANumber) {
                throw refused(option, text, word);
            }
        }
        return new ArrayList<>(shares);
    }

    private static InputException refused(String option, String text, String word) {
        return new InputException("Option '" + option + "' of an allocator is '" + text + "', but '" + word.strip()
                + "' is no number above 0 and up to 1: write kept shares such as '0.4,0.6,0.8'.");
    }
}
