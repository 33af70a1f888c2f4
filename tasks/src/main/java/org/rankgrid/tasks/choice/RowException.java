package org.rankgrid.tasks.choice;

/** A row that a task cannot be asked with. The message is a clause; who catches it adds file and line. */
final class RowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RowException(String clause) {
        super(clause);
    }
}
