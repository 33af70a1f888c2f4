package org.rankgrid.cli.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a short piece of work takes, warm. */
public final class Pace {

    private Pace() {}

    /**
     * Repeats work for some time without looking, then for some time with a watch.
     *
     * @param warmUp at least one run of the work
     * @param watched at least one run of the work
     * @return the median, in seconds
     */
    public static double seconds(Runnable work, Duration warmUp, Duration watched) {
        runs(work, warmUp);
        List<Double> seconds = runs(work, watched).stream().sorted().toList();
        return seconds.get(seconds.size() / 2);
    }

    private static List<Double> runs(Runnable work, Duration atLeast) {
        List<Double> seconds = new ArrayList<>();
        long start = System.nanoTime();
        long began = start;
        do {
            work.run();
            long ended = System.nanoTime();
            seconds.add((ended - began) / 1e9);
            began = ended;
        } while (began - start < atLeast.toNanos());
        return seconds;
    }
}
