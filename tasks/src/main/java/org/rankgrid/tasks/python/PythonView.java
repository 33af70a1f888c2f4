package org.rankgrid.tasks.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be walked, counted and searched, but neither indexed nor printed here: a range, or the items, keys or values of a
 * dict.
 *
 * @param type Python's name of it
 * @param elements in order
 */
public record PythonView(String type, List<@Nullable Object> elements) {

    /** Copies the list. */
    public PythonView {
        elements = Collections.unmodifiableList(new ArrayList<>(elements));
    }
}
