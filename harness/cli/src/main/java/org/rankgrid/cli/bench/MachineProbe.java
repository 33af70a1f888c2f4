package org.rankgrid.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What a machine can do at most, so that every figure has a denominator: fused multiply-adds in f32 from registers, and reading
 * memory that no cache holds.
 *
 * @param cores what Java may use
 * @param vectorBits width of the preferred vectors
 * @param peakOneCore GFLOP/s of one thread, a fused multiply-add counted as two
 * @param peakAllCores GFLOP/s of one thread a core
 * @param readOneCore GB/s (10^9 bytes) one thread reads
 * @param readAllCores GB/s that one thread a core read together
 */
public record MachineProbe(
        int cores, int vectorBits, double peakOneCore, double peakAllCores, double readOneCore, double readAllCores) {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Chains of dependent operations: more than latency times ports of any core, few enough for sixteen registers. */
    private static final int CHAINS = 12;

    private static final int REPETITIONS = 12;

    /**
     * How much work a repetition is.
     *
     * @param steps of the arithmetic, each of which is two operations a lane of twelve vectors
     * @param bytes read from memory
     */
    public record Effort(int steps, long bytes) {

        /** Some 20 ms of arithmetic and half a gigabyte of memory. */
        public static final Effort FULL = new Effort(5_000_000, 512L << 20);

        /** Some 5 ms and an eighth of a gigabyte: good to some percent. */
        public static final Effort QUICK = new Effort(1_250_000, 128L << 20);
    }

    /** Measures this machine, the best of some repetitions of each. */
    public static MachineProbe measure(Effort effort) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new MachineProbe(
                cores,
                SPECIES.vectorBitSize(),
                peak(1, effort),
                peak(cores, effort),
                readRate(1, effort),
                readRate(cores, effort));
    }

    /** The better of two measurements, figure by figure: what disturbs one of them only takes away. */
    public MachineProbe or(MachineProbe other) {
        return new MachineProbe(
                cores,
                vectorBits,
                Math.max(peakOneCore, other.peakOneCore),
                Math.max(peakAllCores, other.peakAllCores),
                Math.max(readOneCore, other.readOneCore),
                Math.max(readAllCores, other.readAllCores));
    }

    /** GFLOP/s that so many threads can reach. */
    public double peakGflops(int threads) {
        return threads < cores ? threads * peakOneCore : peakAllCores;
    }

    /** For a person. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %d-bit vectors; f32 peak %.0f GFLOP/s on one core, %.0f on all; memory read at %.1f GB/s by one"
                        + " core, %.1f by all",
                Provenance.cpu(),
                cores,
                vectorBits,
                peakOneCore,
                peakAllCores,
                readOneCore,
                readAllCores);
    }

    private static double peak(int threads, Effort effort) {
        double operations = 2.0 * CHAINS * SPECIES.length() * effort.steps;
        return best(threads, operations / 1e9, thread -> () -> multiplyAdd(effort.steps, 0.5f + thread));
    }

    private static double readRate(int threads, Effort effort) {
        // Not below what a core's share of the largest cache may be.
        long bytes = Math.max(effort.bytes / threads, Math.min(effort.bytes, 64L << 20));
        float[][] blocks = new float[threads][Math.toIntExact(bytes / Float.BYTES)];
        return best(threads, bytes / 1e9, thread -> () -> sum(blocks[thread]));
    }

    private interface Job {
        Callable<Float> of(int thread);
    }

    /** Units a second that all threads do together. */
    private static double best(int threads, double unitsEach, Job job) {
        double best = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                List<Callable<Float>> jobs = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    jobs.add(job.of(thread));
                }
                long began = System.nanoTime();
                for (Future<Float> done : pool.invokeAll(jobs)) {
                    if (Float.isNaN(done.get())) {
                        throw new IllegalStateException("the probe's arithmetic went wrong");
                    }
                }
                best = Math.max(best, threads * unitsEach / ((System.nanoTime() - began) / 1e9));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the probe failed", failure.getCause());
        }
        return best;
    }

    /**
     * Twelve independent chains x = x a + b: locals and not an array, so that they stay in registers, and with starts of their own,
     * so that none can be taken for another.
     */
    private static float multiplyAdd(int steps, float start) {
        FloatVector a = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector b = FloatVector.broadcast(SPECIES, 0.001f);
        FloatVector x0 = FloatVector.broadcast(SPECIES, start);
        FloatVector x1 = x0.add(1);
        FloatVector x2 = x0.add(2);
        FloatVector x3 = x0.add(3);
        FloatVector x4 = x0.add(4);
        FloatVector x5 = x0.add(5);
        FloatVector x6 = x0.add(6);
        FloatVector x7 = x0.add(7);
        FloatVector x8 = x0.add(8);
        FloatVector x9 = x0.add(9);
        FloatVector x10 = x0.add(10);
        FloatVector x11 = x0.add(11);
        for (int step = 0; step < steps; step++) {
            x0 = x0.fma(a, b);
            x1 = x1.fma(a, b);
            x2 = x2.fma(a, b);
            x3 = x3.fma(a, b);
            x4 = x4.fma(a, b);
            x5 = x5.fma(a, b);
            x6 = x6.fma(a, b);
            x7 = x7.fma(a, b);
            x8 = x8.fma(a, b);
            x9 = x9.fma(a, b);
            x10 = x10.fma(a, b);
            x11 = x11.fma(a, b);
        }
        return x0.add(x1)
                .add(x2)
                .add(x3)
                .add(x4)
                .add(x5)
                .add(x6)
                .add(x7)
                .add(x8)
                .add(x9)
                .add(x10)
                .add(x11)
                .reduceLanes(VectorOperators.ADD);
    }

    private static float sum(float[] values) {
        int width = SPECIES.length();
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        for (int i = 0; i <= values.length - 4 * width; i += 4 * width) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, values, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, values, i + width));
            s2 = s2.add(FloatVector.fromArray(SPECIES, values, i + 2 * width));
            s3 = s3.add(FloatVector.fromArray(SPECIES, values, i + 3 * width));
        }
        return s0.add(s1).add(s2).add(s3).reduceLanes(VectorOperators.ADD);
    }
}
