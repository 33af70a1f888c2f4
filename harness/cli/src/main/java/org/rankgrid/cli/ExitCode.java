package org.rankgrid.cli;

/** The exit codes scripts may rely on (DESIGN 5). */
final class ExitCode {

    static final int OK = 0;
    static final int CELLS_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int BACKEND_UNAVAILABLE = 3;

    private ExitCode() {}
}
