package org.rankgrid.engine.decompose;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pieces of work that have nothing to do with each other side by side. */
public final class SideBySide {

    private SideBySide() {}

    /**
     * Runs all of them; where one fails, those that have not begun are left out.
     *
     * @param threads how many at once
     * @throws RuntimeException what the first of them, in their order, failed with
     */
    public static void run(int threads, List<Runnable> pieces) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running =
                    pieces.stream().<Future<?>>map(pool::submit).toList();
            try {
                for (Future<?> piece : running) {
                    piece.get();
                }
            } catch (ExecutionException failure) {
                pool.shutdownNow();
                if (failure.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(failure.getCause());
            } catch (InterruptedException interrupted) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while work was done side by side", interrupted);
            }
        }
    }
}
