package org.rankgrid.tasks.template;

import java.util.List;

/** What a template does, piece by piece. */
sealed interface Statement {

    /** Text as it stands. */
    record Text(String text) implements Statement {}

    /** {@code {{ expression }}}; the tag is its source, for messages. */
    record Output(String tag, Expression expression) implements Statement {}

    /** {@code if}, its {@code elif}s, and its {@code else}, empty where there is none. */
    record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

    /** A condition and what is done where it is the first that holds. */
    record Branch(String tag, Expression condition, List<Statement> body) {}

    /** {@code for}; the body of its {@code else} is for an empty list. */
    record For(String tag, List<String> targets, Expression list, List<Statement> body, List<Statement> otherwise)
            implements Statement {}

    /** {@code set name = value}; several names take the elements of the value. */
    record Assign(String tag, List<String> targets, Expression value) implements Statement {}
}
