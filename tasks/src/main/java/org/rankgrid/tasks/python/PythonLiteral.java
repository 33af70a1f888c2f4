package org.rankgrid.tasks.python;

import org.jspecify.annotations.Nullable;

/** Python's {@code ast.literal_eval}. */
public final class PythonLiteral {

    private PythonLiteral() {}

    /**
     * The value of a literal: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, {@code List} (tuples as
     * {@link PythonTuple}) or {@code SequencedMap}. Bytes, sets, complex numbers and whole numbers beyond 64 bits are refused. Blanks
     * before and after the literal are of no account, where Python minds some of those that follow a line feed.
     *
     * @throws PythonLiteralException if the text is not a literal; says what stands where
     */
    public static @Nullable Object parse(String text) {
        return new LiteralParser(text).parse();
    }
}
