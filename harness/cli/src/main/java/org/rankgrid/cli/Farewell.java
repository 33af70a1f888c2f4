package org.rankgrid.cli;

import java.io.PrintWriter;

/** Says, when a person or the system ends the process in the middle of the work, how to go on. */
final class Farewell implements AutoCloseable {

    private final Thread hook;

    private Farewell(Thread hook) {
        this.hook = hook;
    }

    /**
     * Stands ready until it is closed.
     *
     * @param err standard error
     * @param words what to say
     */
    static Farewell saying(PrintWriter err, String words) {
        Thread hook = new Thread(
                () -> {
                    err.println();
                    err.println(words);
                    err.flush();
                },
                "farewell");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Farewell(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is ending already, and the words are being said.
        }
    }
}
