package org.rankgrid.backends.vector;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads that share the tasks of one job at a time; the caller is one of them. Tasks are independent,
 * so that which thread takes which changes no result.
 */
public final class WorkerPool implements AutoCloseable {

    /** Tries before a waiting thread parks: some tens of microseconds, about what waking it costs. */
    private static final int SPINS = 1_000;

    /** A job divided into tasks. */
    @FunctionalInterface
    public interface Job {

        /**
         * Does one task.
         *
         * @param task from 0
         * @param worker which thread it runs on, from 0 to {@link #threads()} - 1
         */
        void run(int task, int worker);
    }

    private final Worker[] workers;
    private boolean closed;

    /** A pool of the given number of threads, of which the caller is the first. */
    public WorkerPool(int threads) {
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1);
        }
    }

    /** Number of threads, the caller included. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Does all tasks of a job and returns when the last is done. What a task throws is thrown here, and tasks not yet begun
     * are left out.
     */
    public void run(int tasks, Job job) {
        if (closed) {
            throw new IllegalStateException("the backend is closed");
        }
        int helpers = Math.min(workers.length, tasks - 1);
        if (helpers <= 0) {
            for (int task = 0; task < tasks; task++) {
                job.run(task, 0);
            }
            return;
        }
        Batch batch = new Batch(job, tasks, helpers);
        for (int i = 0; i < helpers; i++) {
            workers[i].give(batch);
        }
        batch.work(0);
        batch.await();
    }

    @Override
    public void close() {
        closed = true;
        for (Worker worker : workers) {
            worker.stop();
        }
    }

    /** One job on its way. */
    private static final class Batch {

        private final Job job;
        private final int tasks;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger helping;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Batch(Job job, int tasks, int helpers) {
            this.job = job;
            this.tasks = tasks;
            this.helping = new AtomicInteger(helpers);
        }

        // Whatever goes wrong must reach the caller, who would otherwise wait for ever.
        @SuppressWarnings("CatchThrowable")
        void work(int worker) {
            try {
                for (int task = next.getAndIncrement(); task < tasks; task = next.getAndIncrement()) {
                    job.run(task, worker);
                }
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
                next.set(tasks);
            }
        }

        void help(int worker) {
            work(worker);
            if (helping.decrementAndGet() == 0) {
                LockSupport.unpark(caller);
            }
        }

        void await() {
            for (int spin = 0; spin < SPINS && helping.get() > 0; spin++) {
                Thread.onSpinWait();
            }
            while (helping.get() > 0) {
                LockSupport.park(this);
            }
            switch (failure.get()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> {}
            }
        }
    }

    /** A thread that waits for a batch, helps with it, and waits again. */
    private static final class Worker {

        private final int index;
        private final Thread thread;
        private volatile @Nullable Batch given;
        private volatile boolean stopped;

        Worker(int index) {
            this.index = index;
            this.thread = Thread.ofPlatform()
                    .daemon()
                    .name("rankgrid-vector-" + index)
                    .unstarted(this::loop);
            this.thread.start();
        }

        void give(Batch batch) {
            given = batch;
            LockSupport.unpark(thread);
        }

        void stop() {
            stopped = true;
            LockSupport.unpark(thread);
        }

        private void loop() {
            while (!stopped) {
                Batch batch = given;
                for (int spin = 0; spin < SPINS && batch == null; spin++) {
                    Thread.onSpinWait();
                    batch = given;
                }
                if (batch == null) {
                    LockSupport.park(this);
                } else {
                    given = null;
                    batch.help(index);
                }
            }
        }
    }
}
