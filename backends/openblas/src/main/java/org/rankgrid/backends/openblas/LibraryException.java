package org.rankgrid.backends.openblas;

/** A native library that cannot be had; the message is a sentence for people, with what to do. */
final class LibraryException extends Exception {

    private static final long serialVersionUID = 1L;

    LibraryException(String message) {
        super(message);
    }
}
