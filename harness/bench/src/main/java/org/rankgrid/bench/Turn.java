package org.rankgrid.bench;

import java.util.concurrent.TimeUnit;

/** One side's turns in a comparison: some runs, timed, after a rest. */
final class Turn {

    /**
     * A library's threads wait actively for more work after a call, and would take a core from the other side: OpenBLAS's for
     * 2^28 cycles.
     */
    private static final long REST_MILLIS = 150;

    private final Runnable run;
    private final double operations;
    private final double seconds;

    /**
     * A side.
     *
     * @param run the work
     * @param operations of a run
     * @param seconds a turn lasts so long, and one run at least
     */
    Turn(Runnable run, double operations, double seconds) {
        this.run = run;
        this.operations = operations;
        this.seconds = seconds;
    }

    /**
     * Rests, runs once without looking, then takes the turn.
     *
     * @return GFLOP/s
     */
    double take() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
        run.run();
        long began = System.nanoTime();
        long runs = 0;
        long ended;
        do {
            run.run();
            runs++;
            ended = System.nanoTime();
        } while (ended - began < seconds * 1e9);
        return runs * operations / (ended - began);
    }
}
