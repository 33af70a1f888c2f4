package org.rankgrid.results.report;

import java.util.Locale;

/** Numbers as a table shows them, the same in every locale. */
final class Figures {

    private Figures() {}

    /** A perplexity or another score without a bound: about five digits. */
    static String unbounded(double value) {
        return String.format(Locale.ROOT, pattern(value), value);
    }

    /** A share between 0 and 1: four decimals. */
    static String share(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** The difference of two scores without a bound, with the decimals of such a score and its sign. */
    static String difference(double value) {
        return signed(value, unbounded(Math.abs(value)));
    }

    /** A share in percent: one decimal. */
    static String points(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    /** A difference of shares in percentage points, with its sign. */
    static String pointsDifference(double difference) {
        return signed(difference, points(Math.abs(difference)));
    }

    /** The size of an error in percentage points, at least 0.1: none is certain. */
    static String pointsAtLeast(double error) {
        return points(Math.max(0.001, error));
    }

    /** A quotient in percent: one decimal, or two where it is close to 100. */
    static String percent(double quotient) {
        return String.format(Locale.ROOT, Math.abs(quotient - 1) < 0.1 ? "%.2f" : "%.1f", 100 * quotient);
    }

    /** An interval of quotients in percent, both ends with the decimals of the one farther from 100. */
    static String percent(double low, double high) {
        boolean close = Math.abs(low - 1) < 0.1 && Math.abs(high - 1) < 0.1;
        return String.format(Locale.ROOT, close ? "%.2f to %.2f" : "%.1f to %.1f", 100 * low, 100 * high);
    }

    /** A kept share in percent. */
    static String percentKept(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    /** A speed. */
    static String perSecond(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    /** A duration of some seconds. */
    static String duration(double seconds) {
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    private static String signed(double value, String size) {
        boolean zero = size.chars().allMatch(c -> c == '0' || c == '.');
        return zero ? size : (value < 0 ? "-" : "+") + size;
    }

    private static String pattern(double value) {
        double size = Math.abs(value);
        if (size < 100) {
            return "%.3f";
        }
        if (size < 1000) {
            return "%.2f";
        }
        return size < 1e6 ? "%.1f" : "%.3e";
    }
}
