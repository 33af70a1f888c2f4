package org.rankgrid.tasks.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Python's indexes and slices of strings, by code points, and of lists; negative ones count from the end. */
public final class PythonSlices {

    private PythonSlices() {}

    /**
     * {@code list[start:stop:step]} of a string, list or tuple; null stands for what is left out.
     *
     * @throws PythonException if the value has no slices, a bound is no whole number, or the step is zero
     */
    public static Object slice(
            @Nullable Object value, @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
        if (!(value instanceof String) && !(value instanceof List)) {
            throw new PythonException(PythonValues.described(value) + " has no slices");
        }
        List<@Nullable Object> elements = PythonValues.elements(value);
        long stride = step == null ? 1 : PythonNumbers.whole(step);
        if (stride == 0) {
            throw new PythonException("the step of a slice is zero");
        }
        int size = elements.size();
        boolean forwards = stride > 0;
        long from = start == null ? (forwards ? 0 : size - 1) : bound(start, size, forwards);
        long to = stop == null ? (forwards ? size : -1) : bound(stop, size, forwards);
        List<@Nullable Object> chosen = new ArrayList<>();
        // A stride past the end cannot overflow: the bounds are within the list, and it is cut to its size.
        long bounded = Math.clamp(stride, -size - 1L, size + 1L);
        for (long i = from; forwards ? i < to : i > to; i += bounded) {
            chosen.add(elements.get((int) i));
        }
        return switch (value) {
            case String text -> {
                StringBuilder joined = new StringBuilder();
                chosen.forEach(joined::append);
                yield joined.toString();
            }
            case PythonTuple tuple -> new PythonTuple(chosen);
            default -> chosen;
        };
    }

    /**
     * The position that an index means in a sequence of so many elements, empty if it is outside.
     *
     * @throws PythonException if the index is no whole number
     */
    public static Optional<Integer> position(@Nullable Object index, int size) {
        long asked = PythonNumbers.whole(index);
        long position = asked < 0 ? asked + size : asked;
        return position >= 0 && position < size ? Optional.of((int) position) : Optional.empty();
    }

    private static long bound(Object bound, int size, boolean forwards) {
        long asked = PythonNumbers.whole(bound);
        long position = asked < 0 ? asked + size : asked;
        return forwards ? Math.clamp(position, 0, size) : Math.clamp(position, -1, size - 1);
    }
}
