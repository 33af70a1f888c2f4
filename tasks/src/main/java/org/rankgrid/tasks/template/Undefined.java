package org.rankgrid.tasks.template;

/**
 * A value that is not there: it may be asked whether it is defined, and be given a default; any other use is an error.
 *
 * @param reason the clause to show then
 * @param silent whether it prints as nothing and counts as false, as Jinja2 has it for the missing {@code else} of {@code a if
 *     b} even where everything else is strict
 */
record Undefined(String reason, boolean silent) {

    Undefined(String reason) {
        this(reason, false);
    }

    TemplateException error() {
        return new TemplateException(reason);
    }
}
