package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.Activation;

/** Element-wise operations, over ranges of a tensor's values. */
final class ElementWise {

    /** Values of a task: enough that handing it out costs nothing beside it. */
    private static final int RANGE = 1 << 14;

    private final WorkerPool pool;

    ElementWise(WorkerPool pool) {
        this.pool = pool;
    }

    /** into = into + x. */
    void add(HostTensor x, HostTensor into) {
        forRanges(x, (first, count) -> add(x.data(), into.data(), first, count));
    }

    /** x = activation(x). */
    void activate(HostTensor x, Activation activation) {
        forRanges(x, (first, count) -> activate(x.data(), activation, first, count));
    }

    /** gate = activation(gate) * up. */
    void gate(HostTensor gate, HostTensor up, Activation activation) {
        forRanges(gate, (first, count) -> gate(gate.data(), up.data(), activation, first, count));
    }

    private static void add(MemorySegment x, MemorySegment into, long first, int count) {
        int whole = Lanes.FLOATS.loopBound(count);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            Lanes.store(Lanes.load(into, first + j).add(Lanes.load(x, first + j)), into, first + j);
        }
        int rest = count - whole;
        long at = first + whole;
        Lanes.store(Lanes.load(into, at, rest).add(Lanes.load(x, at, rest)), into, at, rest);
    }

    private static void activate(MemorySegment x, Activation activation, long first, int count) {
        int whole = Lanes.FLOATS.loopBound(count);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            Lanes.store(value(activation, Lanes.load(x, first + j)), x, first + j);
        }
        int rest = count - whole;
        long at = first + whole;
        Lanes.store(value(activation, Lanes.load(x, at, rest)), x, at, rest);
    }

    private static void gate(MemorySegment gate, MemorySegment up, Activation activation, long first, int count) {
        int whole = Lanes.FLOATS.loopBound(count);
        for (int j = 0; j < whole; j += Lanes.WIDTH) {
            FloatVector value = value(activation, Lanes.load(gate, first + j));
            Lanes.store(value.mul(Lanes.load(up, first + j)), gate, first + j);
        }
        int rest = count - whole;
        long at = first + whole;
        FloatVector value = value(activation, Lanes.load(gate, at, rest));
        Lanes.store(value.mul(Lanes.load(up, at, rest)), gate, at, rest);
    }

    // A branch in the loop, not a function object: the JIT keeps vectors in registers only where it inlines.
    private static FloatVector value(Activation activation, FloatVector x) {
        return switch (activation) {
            case SILU -> VectorMath.silu(x);
            case GELU -> VectorMath.gelu(x);
            case GELU_TANH -> VectorMath.geluTanh(x);
            case RELU -> VectorMath.relu(x);
        };
    }

    private void forRanges(HostTensor x, Range range) {
        long values = (long) x.rows() * x.columns();
        pool.run(Math.toIntExact(Math.ceilDiv(values, RANGE)), (task, worker) -> {
            long first = (long) task * RANGE;
            range.apply(first, (int) Math.min(RANGE, values - first));
        });
    }

    private interface Range {
        void apply(long first, int count);
    }
}
