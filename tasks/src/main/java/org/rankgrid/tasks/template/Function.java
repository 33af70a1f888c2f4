package org.rankgrid.tasks.template;

import org.jspecify.annotations.Nullable;

/**
 * A method, a filter or a test that templates may use.
 *
 * @param name as templates write it
 * @param least arguments besides what it is applied to
 * @param most arguments besides what it is applied to
 * @param takesUndefined whether it may be applied to what is not defined
 * @param operation what it does
 */
record Function(String name, int least, int most, boolean takesUndefined, Operation operation) {

    /** What a function does. */
    @FunctionalInterface
    interface Operation {
        @Nullable
        Object apply(@Nullable Object receiver, Arguments arguments);
    }

    Function(String name, int least, int most, Operation operation) {
        this(name, least, most, false, operation);
    }

    /** How many arguments it takes, in words. */
    String arity() {
        if (least == most) {
            return least == 0 ? "no arguments" : least == 1 ? "1 argument" : least + " arguments";
        }
        return least + " to " + most + " arguments";
    }
}
