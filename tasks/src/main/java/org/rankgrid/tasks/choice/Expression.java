package org.rankgrid.tasks.choice;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.template.Template;
import org.rankgrid.tasks.template.TemplateException;

/** How a task file derives something from a row. */
sealed interface Expression {

    /** As it stands in the task file: part of the task's identity. */
    String source();

    /**
     * The value for a row.
     *
     * @throws RowException if the row does not fit
     */
    Value of(Row row);

    /**
     * What came out.
     *
     * @param value a text, a number, a list...
     * @param rendered whether a template made it, so that what looks like a number or a list is one
     */
    record Value(@Nullable Object value, boolean rendered) {}

    /** A value that stands in the task file: {@code Long}, or a list of texts. */
    record Constant(Object constant) implements Expression {

        @Override
        public String source() {
            return constant.toString();
        }

        @Override
        public Value of(Row row) {
            return new Value(constant, false);
        }
    }

    /** The name of a field, or else a template. */
    record Text(String source, Template template) implements Expression {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        @Override
        public Value of(Row row) {
            if (row.features().contains(source)) {
                return new Value(row.value(source), false);
            }
            if (NAME.matcher(source).matches()) {
                // lm-evaluation-harness would take the name itself for the text, of every row.
                throw row.missing(source);
            }
            try {
                return new Value(template.render(row.fields()), true);
            } catch (TemplateException e) {
                throw new RowException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A registered function. */
    record Function(RowFunctions.Named<RowFunction> named) implements Expression {

        @Override
        public String source() {
            return "!function " + named.name();
        }

        @Override
        public Value of(Row row) {
            return new Value(named.function().of(row), false);
        }
    }
}
