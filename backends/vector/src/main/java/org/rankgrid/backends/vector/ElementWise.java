package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.Activation;

/**
 * Element-wise operations, over ranges of a tensor's values. The last vector may reach into the padding behind them, which
 * {@link org.rankgrid.backends.scalar.HostMemory} promises.
 */
final class ElementWise {

    private final WorkerPool pool;

    ElementWise(WorkerPool pool) {
        this.pool = pool;
    }

    /** into = into + x. */
    void add(HostTensor x, HostTensor into) {
        Tasks.forRanges(pool, x, (first, last, worker) -> add(x.data(), into.data(), first, last));
    }

    /** x = activation(x). */
    void activate(HostTensor x, Activation activation) {
        Tasks.forRanges(pool, x, (first, last, worker) -> activate(x.data(), activation, first, last));
    }

    /** gate = activation(gate) * up. */
    void gate(HostTensor gate, HostTensor up, Activation activation) {
        Tasks.forRanges(pool, gate, (first, last, worker) -> {
            activate(gate.data(), activation, first, last);
            multiply(up.data(), gate.data(), first, last);
        });
    }

    /** x = activation(x) for the values from one place up to another. */
    static void activate(MemorySegment x, Activation activation, long first, long last) {
        switch (activation) {
            case SILU -> silu(x, first, last);
            case GELU -> gelu(x, first, last);
            case GELU_TANH -> geluTanh(x, first, last);
            case RELU -> relu(x, first, last);
        }
    }

    // A loop for each: the JIT keeps vectors in registers only where it inlines, and it does not inline a choice.

    private static void silu(MemorySegment x, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(VectorMath.silu(Lanes.load(x, at)), x, at);
        }
    }

    private static void gelu(MemorySegment x, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(VectorMath.gelu(Lanes.load(x, at)), x, at);
        }
    }

    private static void geluTanh(MemorySegment x, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(VectorMath.geluTanh(Lanes.load(x, at)), x, at);
        }
    }

    private static void relu(MemorySegment x, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(VectorMath.relu(Lanes.load(x, at)), x, at);
        }
    }

    private static void add(MemorySegment x, MemorySegment into, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(Lanes.load(into, at).add(Lanes.load(x, at)), into, at);
        }
    }

    private static void multiply(MemorySegment x, MemorySegment into, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(Lanes.load(into, at).mul(Lanes.load(x, at)), into, at);
        }
    }
}
