package org.rankgrid.tasks.python;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Python tuple: an unmodifiable list that prints in round brackets. */
public final class PythonTuple extends AbstractList<@Nullable Object> {

    private final List<@Nullable Object> elements;

    /** A tuple of the elements of a list. */
    public PythonTuple(List<? extends @Nullable Object> elements) {
        this.elements = Collections.unmodifiableList(new ArrayList<>(elements));
    }

    @Override
    public @Nullable Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }
}
