package org.rankgrid.tasks.template;

import org.rankgrid.tasks.python.PythonException;

/** What rendering one row may cost, so that a template that never ends is an error like any other. */
final class Budget {

    /** UTF-16 units of a text. */
    static final int CHARACTERS = 16 << 20;

    /** Elements of a list. */
    static final int ELEMENTS = 1 << 20;

    private static final int STEPS = 1_000_000;

    /** Characters or elements that cost as much as a step. */
    private static final int PER_STEP = 64;

    private int steps;

    /** One more expression or round of a loop. */
    void step() {
        spend(1);
    }

    private void spend(long more) {
        if (more > STEPS - steps) {
            throw new PythonException("it takes more than " + STEPS + " steps");
        }
        steps += (int) more;
    }

    /** Refuses a text of so many UTF-16 units. */
    void characters(long characters) {
        if (characters > CHARACTERS) {
            throw new PythonException("a text becomes longer than " + CHARACTERS + " characters");
        }
        spend(characters / PER_STEP);
    }

    /** Refuses a list of so many elements. */
    void elements(long elements) {
        if (elements > ELEMENTS) {
            throw new PythonException("a list becomes longer than " + ELEMENTS + " elements");
        }
        spend(elements / PER_STEP);
    }
}
