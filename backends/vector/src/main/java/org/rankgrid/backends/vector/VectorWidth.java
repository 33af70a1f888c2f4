package org.rankgrid.backends.vector;

import java.util.List;
import java.util.Set;
import jdk.incubator.vector.VectorShape;
import org.rankgrid.spi.Availability;

/** How wide the vectors are: what the machine prefers, or less by the system property {@value #PROPERTY}. */
final class VectorWidth {

    static final String PROPERTY = "rankgrid.vector.bits";

    private static final Set<String> WIDTHS = Set.of("128", "256", "512");

    private VectorWidth() {}

    static Availability probe() {
        int preferred = VectorShape.preferredShape().vectorBitSize();
        String asked = System.getProperty(PROPERTY);
        if (asked != null && !WIDTHS.contains(asked)) {
            return unavailable("the system property " + PROPERTY + " is '" + asked + "', expected 128, 256 or 512");
        }
        if (preferred < 128) {
            return unavailable("the machine's vectors have " + preferred + " bits, at least 128 are needed");
        }
        if (bits() > preferred) {
            return unavailable("the system property " + PROPERTY + " asks for " + asked
                    + " bits, but the machine's vectors have " + preferred);
        }
        return new Availability.Available(bits() + "-bit vectors");
    }

    /** The width in use. */
    static int bits() {
        return Integer.getInteger(
                PROPERTY, Math.min(512, VectorShape.preferredShape().vectorBitSize()));
    }

    /** Whether there are 32 vector registers of this width rather than 16: x86 has them with AVX-512 only. */
    static boolean manyRegisters() {
        return bits() == 512 || !System.getProperty("os.arch").matches("amd64|x86_64");
    }

    private static Availability unavailable(String reason) {
        return new Availability.Unavailable(List.of(reason));
    }
}
