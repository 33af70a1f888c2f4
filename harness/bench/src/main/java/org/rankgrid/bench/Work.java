package org.rankgrid.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts floating-point operations beside the calls, so that a second's worth of them is printed with every result. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Work {

    /** Operations done, in units of 10^9: GFLOP/s once JMH has divided by the time. */
    public double gflops;

    /** The same as a percentage of what the threads' cores can do in a second; stays 0 where the peak was not measured. */
    public double percentOfPeak;

    /** Records work that was done. */
    void add(double operations, int threads) {
        gflops += operations / 1e9;
        double peak = ForkedPeak.gflops(threads);
        if (peak > 0) {
            percentOfPeak += 100 * operations / 1e9 / peak;
        }
    }
}
