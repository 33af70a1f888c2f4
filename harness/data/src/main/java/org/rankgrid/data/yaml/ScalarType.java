package org.rankgrid.data.yaml;

/** What a scalar is under the core schema of YAML 1.2. */
public enum ScalarType {
    /** A text, quoted or not. */
    TEXT,
    /** A whole number: decimal, {@code 0o} octal or {@code 0x} hexadecimal. */
    WHOLE,
    /** A number with a point or an exponent, an infinity, or not-a-number. */
    REAL,
    /** {@code true} or {@code false}. */
    FLAG,
    /** {@code null}, {@code ~}, or nothing at all. */
    NULL,
    /** A text with a tag the core schema does not know ({@code !function name}), for the reader to make sense of. */
    TAGGED
}
