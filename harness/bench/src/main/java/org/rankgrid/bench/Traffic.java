package org.rankgrid.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts bytes read and written beside the calls, for work that memory limits and not arithmetic. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Traffic {

    /** Bytes moved, in units of 10^9: GB/s once JMH has divided by the time. */
    public double gigabytes;

    /**
     * The same as a percentage of what the threads' cores can read from memory in a second, and past 100 where a cache holds
     * the operands; stays 0 where that was not measured.
     */
    public double percentOfMemory;

    /** Records values of 32 bits that were read or written. */
    void add(double floats, OpenBackend backend) {
        double moved = floats * Float.BYTES / 1e9;
        gigabytes += moved;
        double limit = ForkedPeak.gigabytes(backend.threadCount());
        if (limit > 0) {
            percentOfMemory += 100 * moved / limit;
        }
    }
}
