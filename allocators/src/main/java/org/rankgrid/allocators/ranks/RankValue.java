package org.rankgrid.allocators.ranks;

import java.util.OptionalDouble;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/** What a file may say about a layer's rank. */
final class RankValue {

    private static final int MOST_DIGITS = 9;

    private RankValue() {}

    /**
     * A whole rank, not negative, or {@link RankPlan#DENSE} for {@code "dense"}.
     *
     * @throws InputException if the value is anything else
     */
    static int whole(JsonValue value) {
        if (value instanceof JsonValue.Text(var place, String text) && text.equals("dense")) {
            return RankPlan.DENSE;
        }
        if (value instanceof JsonValue.Scalar(var place, String text)
                && text.length() <= MOST_DIGITS
                && text.matches("0|[1-9][0-9]*")) {
            return Integer.parseInt(text);
        }
        throw JsonText.unexpected(value.place(), "a whole rank or \"dense\"");
    }

    /** A finite number written as JSON writes them; empty if the value is anything else. */
    static OptionalDouble number(JsonValue value) {
        if (value instanceof JsonValue.Scalar(var place, String text)
                && text.length() <= 100
                && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    /**
     * The wish for a rank that a layer can have.
     *
     * @param place where the rank stands, for the message
     * @throws InputException if the rank is not one from 1 to the full rank, or {@link RankPlan#DENSE}
     */
    static double wish(Layer layer, int rank, String place) {
        if (rank == RankPlan.DENSE) {
            return RankWish.DENSE;
        }
        if (rank < 1 || rank > layer.fullRank()) {
            throw new InputException(place + ": '" + layer.key() + "' has rank " + rank + ", expected 1 to "
                    + layer.fullRank() + " for a layer of " + layer.rows() + " x " + layer.columns()
                    + ", or \"dense\": correct the file.");
        }
        return rank;
    }

    /** The wish for a real rank of at least nothing: rounded down, at least 1, dense where it would save nothing. */
    static double wish(Layer layer, double rank) {
        return rank >= layer.breakEvenRank() || layer.largestSavingRank() == 0
                ? RankWish.DENSE
                : Math.max(1, Math.floor(rank));
    }
}
