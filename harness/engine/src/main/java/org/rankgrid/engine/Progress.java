package org.rankgrid.engine;

/** Told how far a long piece of work has come. */
public interface Progress {

    /** A progress that nobody watches. */
    Progress NONE = (title, total, unit) -> new Step() {
        @Override
        public void advance(long units) {}

        @Override
        public void close() {}
    };

    /**
     * A piece of work begins.
     *
     * @param title what is done, for a person
     * @param total units to be done
     * @param unit what is counted: tokens, layers
     */
    Step begin(String title, long total, String unit);

    /**
     * A piece of work begins of which nobody knows how much it is, such as a search: its time is left out of estimates of the
     * work around it.
     *
     * @param title what is done, for a person
     */
    default Step beginOpenEnded(String title) {
        return begin(title, 0, "");
    }

    /** A piece of work under way. */
    interface Step extends AutoCloseable {

        /** So many more units are done. */
        void advance(long units);

        /** The work has ended, finished or not. */
        @Override
        void close();
    }
}
