package org.rankgrid.tasks.template;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A template of a task file, ready to be rendered with rows: the part of Jinja2 that lm-evaluation-harness's task files use,
 * with its settings ({@code StrictUndefined}, {@code keep_trailing_newline}). What is not known is an error, never text.
 * Immutable.
 */
public final class Template {

    private final List<Statement> statements;

    private Template(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * A template from its source.
     *
     * @param where file, line and column, for messages
     * @param source text with {@code {{ expressions }}} and {@code {% statements %}}
     * @throws org.rankgrid.spi.InputException if it is not a template, or uses what is not known here
     */
    public static Template parse(String where, String source) {
        return new Template(new StatementParser(new SourceText(where, source)).parse());
    }

    /**
     * The text for one row.
     *
     * @param fields values by name: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, {@code List} or
     *     {@code Map} of these
     * @throws TemplateException if the row lacks a field, or a value is not of the type that the template needs
     */
    public String render(SequencedMap<String, @Nullable Object> fields) {
        return new Renderer().render(statements, Scope.of(fields));
    }
}
