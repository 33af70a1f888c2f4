package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.rankgrid.backends.scalar.HostTensor;
import org.rankgrid.spi.compute.Activation;

/** Gradients through activations and gates, over ranges of a tensor's values as in {@link ElementWise}. */
final class ElementWiseBackward implements AutoCloseable {

    private final WorkerPool pool;
    private final NativeScratch[] slopeScratch;
    private final NativeScratch[] valueScratch;

    ElementWiseBackward(WorkerPool pool) {
        this.pool = pool;
        this.slopeScratch = forEach(pool);
        this.valueScratch = forEach(pool);
    }

    private static NativeScratch[] forEach(WorkerPool pool) {
        return Stream.generate(NativeScratch::new).limit(pool.threads()).toArray(NativeScratch[]::new);
    }

    /** gradient = gradient * activation'(x). */
    void activate(HostTensor x, Activation activation, HostTensor gradient) {
        Tasks.forRanges(pool, x, (first, last, worker) -> {
            MemorySegment slopes = slopeScratch[worker].floats(Tasks.VALUES);
            slope(x.data(), activation, first, last, slopes);
            multiply(slopes, gradient.data(), first, last);
        });
    }

    /** dGate = dy * up * activation'(gate), dUp = dy * activation(gate); both may be any of what is read. */
    void gate(HostTensor gate, HostTensor up, Activation activation, HostTensor dy, HostTensor dGate, HostTensor dUp) {
        Tasks.forRanges(pool, gate, (first, last, worker) -> {
            MemorySegment slopes = slopeScratch[worker].floats(Tasks.VALUES);
            MemorySegment values = valueScratch[worker].floats(Tasks.VALUES);
            slope(gate.data(), activation, first, last, slopes);
            MemorySegment.copy(gate.data(), first * Float.BYTES, values, 0, (last - first) * Float.BYTES);
            ElementWise.activate(values, activation, 0, last - first);
            distribute(up.data(), dy.data(), slopes, values, first, last, dGate.data(), dUp.data());
        });
    }

    private static void slope(MemorySegment x, Activation activation, long first, long last, MemorySegment slopes) {
        switch (activation) {
            case SILU -> silu(x, first, last, slopes);
            case GELU -> gelu(x, first, last, slopes);
            case GELU_TANH -> geluTanh(x, first, last, slopes);
            case RELU -> relu(x, first, last, slopes);
        }
    }

    // A loop for each, as in ElementWise.

    private static void silu(MemorySegment x, long first, long last, MemorySegment slopes) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(ActivationSlopes.silu(Lanes.load(x, at)), slopes, at - first);
        }
    }

    private static void gelu(MemorySegment x, long first, long last, MemorySegment slopes) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(ActivationSlopes.gelu(Lanes.load(x, at)), slopes, at - first);
        }
    }

    private static void geluTanh(MemorySegment x, long first, long last, MemorySegment slopes) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(ActivationSlopes.geluTanh(Lanes.load(x, at)), slopes, at - first);
        }
    }

    private static void relu(MemorySegment x, long first, long last, MemorySegment slopes) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(ActivationSlopes.relu(Lanes.load(x, at)), slopes, at - first);
        }
    }

    private static void multiply(MemorySegment factors, MemorySegment into, long first, long last) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            Lanes.store(Lanes.load(into, at).mul(Lanes.load(factors, at - first)), into, at);
        }
    }

    private static void distribute(
            MemorySegment up,
            MemorySegment dy,
            MemorySegment slopes,
            MemorySegment values,
            long first,
            long last,
            MemorySegment dGate,
            MemorySegment dUp) {
        for (long at = first; at < last; at += Lanes.WIDTH) {
            FloatVector gradient = Lanes.load(dy, at);
            FloatVector toGate = gradient.mul(Lanes.load(up, at)).mul(Lanes.load(slopes, at - first));
            Lanes.store(gradient.mul(Lanes.load(values, at - first)), dUp, at);
            Lanes.store(toGate, dGate, at);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < pool.threads(); i++) {
            slopeScratch[i].close();
            valueScratch[i].close();
        }
    }
}
