package org.rankgrid.tasks.template;

import org.rankgrid.spi.InputException;

/**
 * The source of a template and where it stands.
 *
 * @param where file, line and column
 * @param text every end of line a line feed
 */
record SourceText(String where, String text) {

    SourceText {
        text = text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** An error at an offset, the place counted in characters from 1. */
    InputException error(int offset, String clause) {
        String before = text.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.codePointCount(lineStart, before.length()) + 1;
        String place = text.indexOf('\n') < 0 ? "character " + column : "line " + line + ", character " + column;
        return new InputException(where + " " + place + " of the template: " + clause);
    }
}
