package org.rankgrid.engine.plugin;

import java.util.Set;
import java.util.regex.Pattern;

/** The kinds of plugins, with what the host keeps for itself in each. */
public enum PluginKind {
    /** Shares a budget among layers. */
    ALLOCATOR("allocator"),
    /** Decomposes weights. */
    FACTORIZATION("factorization"),
    /** Computes. */
    BACKEND("backend"),
    /** Decomposes matrices. */
    DECOMPOSITIONS("decompositions library"),
    /** Scores a model. */
    TASK("task"),
    /** Reads data files. */
    TABLES("table reader"),
    /** Reads tokenizers. */
    TOKENIZER("tokenizer"),
    /** Writes tables. */
    REPORT("report writer");

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Task names of lm-evaluation-harness have underscores, and papers hang on them. */
    private static final Pattern TASK_ID = Pattern.compile("[a-z0-9]+([-_][a-z0-9]+)*");

    private final String word;

    PluginKind(String word) {
        this.word = word;
    }

    /** What a person calls one of them. */
    public String word() {
        return word;
    }

    /** Ids that mean something to the host and that no plugin may take. */
    public Set<String> reservedIds() {
        return switch (this) {
            case ALLOCATOR -> Set.of("dense");
            case BACKEND, DECOMPOSITIONS -> Set.of("auto");
            case FACTORIZATION, TASK, TABLES, TOKENIZER, REPORT -> Set.of();
        };
    }

    /** Keys of a grid entry that belong to the host, so that no option may have their name. */
    public Set<String> reservedOptions() {
        return switch (this) {
            case ALLOCATOR -> Set.of("id", "ratios");
            case FACTORIZATION -> Set.of("id");
            case TASK -> Set.of("id", "limit");
            case BACKEND, DECOMPOSITIONS, TABLES, TOKENIZER, REPORT -> Set.of();
        };
    }

    /** Whether an id is well-formed: lower-case letters, digits and hyphens; underscores too in the ids of tasks. */
    boolean wellFormed(String id) {
        return (this == TASK ? TASK_ID : ID).matcher(id).matches();
    }
}
