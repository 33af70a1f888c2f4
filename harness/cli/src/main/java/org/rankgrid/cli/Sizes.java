package org.rankgrid.cli;

import java.util.Locale;
import org.rankgrid.spi.InputException;

/** Numbers of bytes as people read and write them. */
final class Sizes {

    private Sizes() {}

    /** 0 B, 12.3 kB, 4.5 MB, 1.2 GB: decimal units, three digits. */
    static String text(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        String[] units = {"kB", "MB", "GB", "TB"};
        int unit = -1;
        while (value >= 1000 && unit + 1 < units.length) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /**
     * The bytes of a text such as 500MB or 2 GB.
     *
     * @throws InputException if it is none
     */
    static long parse(String option, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9]{1,9}(\\.[0-9]{1,3})? ?([kmgt]?b)?")) {
            throw new InputException(option + " " + text + " is not a size such as 500MB or 2GB");
        }
        String number = lower.replaceAll("[^0-9.]", "");
        double factor = switch (lower.replaceAll("[0-9. ]", "")) {
            case "kb" -> 1e3;
            case "mb" -> 1e6;
            case "gb" -> 1e9;
            case "tb" -> 1e12;
            default -> 1;
        };
        return (long) (Double.parseDouble(number) * factor);
    }
}
