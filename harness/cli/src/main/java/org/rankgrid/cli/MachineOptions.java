package org.rankgrid.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rankgrid.engine.grid.GridDefaults;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.engine.score.Batching;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Option;

/** What computes. */
final class MachineOptions {

    @Option(names = "--backend", paramLabel = "ID", description = "Compute backend (default: the best available).")
    private @Nullable String backend;

    @Option(
            names = "--decompositions",
            paramLabel = "ID",
            description = "Library of matrix decompositions (default: the best available).")
    private @Nullable String decompositions;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute on (default: one a core).")
    private @Nullable Integer threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Windows or choices in one pass through the model (default: about 2048 tokens of them). Changes no number.")
    private @Nullable Integer batch;

    @Option(
            names = "--share-contexts",
            description =
                    "Run what the choices of an item have in common only once. Changes no number, and takes less time.")
    private boolean shareContexts;

    /** The choice made on the command line. */
    Machine.Choice choice() {
        return new Machine.Choice(
                Optional.ofNullable(backend).filter(id -> !id.equals("auto")),
                Optional.ofNullable(decompositions).filter(id -> !id.equals("auto")),
                threads(threads));
    }

    /** The value of an option {@code --threads}. */
    static OptionalInt threads(@Nullable Integer threads) {
        OptionalInt count = positive("--threads", threads);
        if (count.isPresent() && count.getAsInt() > GridDefaults.MOST_THREADS) {
            throw new InputException("--threads " + count.getAsInt() + " is more than " + GridDefaults.MOST_THREADS);
        }
        return count;
    }

    /** How sequences are put together in passes. */
    Batching batching() {
        return new Batching(positive("--batch", batch), shareContexts);
    }

    /** The value of an option that counts something. */
    static OptionalInt positive(String name, @Nullable Integer value) {
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value < 1) {
            throw new InputException(name + " " + value + " is not a number of 1 or more");
        }
        return OptionalInt.of(value);
    }
}
