package org.rankgrid.bench;

import java.util.List;
import org.rankgrid.cli.bench.MachineProbe;

/** What this machine can do at most, as the process that forked this one measured it; 0 if it did not. */
final class ForkedPeak {

    private static final String ONE = "rankgrid.bench.peak.one";
    private static final String ALL = "rankgrid.bench.peak.all";
    private static final String READ_ONE = "rankgrid.bench.read.one";
    private static final String READ_ALL = "rankgrid.bench.read.all";

    private ForkedPeak() {}

    /** What tells a forked process. */
    static List<String> jvmArguments(MachineProbe probe) {
        return List.of(
                "-D" + ONE + "=" + probe.peakOneCore(),
                "-D" + ALL + "=" + probe.peakAllCores(),
                "-D" + READ_ONE + "=" + probe.readOneCore(),
                "-D" + READ_ALL + "=" + probe.readAllCores());
    }

    /** GFLOP/s that so many threads can reach. */
    static double gflops(int threads) {
        return limit(ONE, ALL, threads);
    }

    /** GB/s that so many threads can read. */
    static double gigabytes(int threads) {
        return Math.min(limit(READ_ONE, READ_ALL, threads), value(READ_ALL));
    }

    private static double limit(String one, String all, int threads) {
        return threads < Runtime.getRuntime().availableProcessors() ? threads * value(one) : value(all);
    }

    private static double value(String property) {
        return Double.parseDouble(System.getProperty(property, "0"));
    }
}
