package org.rankgrid.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rankgrid.engine.Progress;

/** A progress that remembers what was begun. */
final class Titles implements Progress {

    private final List<String> begun = new CopyOnWriteArrayList<>();

    @Override
    public Step begin(String title, long total, String unit) {
        begun.add(title);
        return NONE.begin(title, total, unit);
    }

    /** The titles of all pieces of work, in order. */
    List<String> begun() {
        return List.copyOf(begun);
    }
}
