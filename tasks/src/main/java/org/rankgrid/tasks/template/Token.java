package org.rankgrid.tasks.template;

/**
 * A piece of a template's source.
 *
 * @param text of a string: what it stands for; of anything else: as it is written
 * @param offset where it begins, UTF-16 units
 */
record Token(Kind kind, String text, int offset) {

    enum Kind {
        /** Text between tags. */
        DATA("text"),
        OUTPUT_BEGIN("'{{'"),
        OUTPUT_END("'}}'"),
        BLOCK_BEGIN("'{%'"),
        BLOCK_END("'%}'"),
        NAME("a name"),
        STRING("a string"),
        INTEGER("a whole number"),
        FLOAT("a decimal number"),
        OPERATOR("an operator"),
        END("the end of the template");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** The token in words, for messages. */
    String described() {
        return switch (kind) {
            case NAME, INTEGER, FLOAT, OPERATOR -> "'" + text + "'";
            default -> kind.words;
        };
    }
}
