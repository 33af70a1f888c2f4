package org.rankgrid.results.cell;

import org.rankgrid.spi.InputException;

/** A file of a layout this version does not know: it may be whole, so nothing may replace it. */
public final class NewerSchemaException extends InputException {

    private static final long serialVersionUID = 1L;

    /** An exception with the sentence to show. */
    public NewerSchemaException(String message) {
        super(message);
    }
}
