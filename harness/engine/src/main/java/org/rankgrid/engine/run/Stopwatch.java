package org.rankgrid.engine.run;

/** Repeats a piece of work until it runs at its steady speed: kernels are compiled while they run. */
final class Stopwatch {

    /** Speed counts once it has not grown for so long, or after so long in all. */
    private static final long STEADY_NANOS = 700_000_000;

    private static final long MOST_NANOS = 12_000_000_000L;

    /** A smaller gain than this is noise. */
    private static final double GAIN = 1.05;

    private double lost;

    /** Seconds lost so far to the slowness of the first repetitions. */
    double lostSeconds() {
        return lost;
    }

    /** Seconds of one repetition, on average over those at steady speed. */
    double seconds(Runnable work) {
        long start = System.nanoTime();
        long grew = start;
        long now = start;
        double best = Double.POSITIVE_INFINITY;
        long repetitions = 0;
        long steady = 0;
        while (steady == 0 || (now - grew < STEADY_NANOS && now - start < MOST_NANOS)) {
            long began = now;
            work.run();
            now = System.nanoTime();
            repetitions++;
            double seconds = (now - began) / 1e9;
            if (seconds * GAIN < best && now - start < MOST_NANOS) {
                grew = now;
                steady = 0;
            } else {
                steady++;
            }
            best = Math.min(best, seconds);
        }
        double each = (now - grew) / 1e9 / steady;
        lost += Math.max(0, (now - start) / 1e9 - repetitions * each);
        return each;
    }
}
