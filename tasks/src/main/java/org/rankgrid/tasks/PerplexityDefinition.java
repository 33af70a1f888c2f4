package org.rankgrid.tasks;

import java.util.Optional;
import org.rankgrid.spi.task.Request;

/**
 * A perplexity task as its file describes it.
 *
 * @param id the task's id
 * @param description one sentence for a listing
 * @param corpus the corpus it is measured on; empty where the grid names it
 * @param protocol how the corpus becomes windows
 * @param window L, tokens of a window where the grid does not say otherwise
 * @param version changes whenever the task's scores may change
 */
record PerplexityDefinition(
        String id, String description, Optional<String> corpus, Request.Cut protocol, int window, String version) {

    /** Smallest window: one token seen, one predicted. */
    static final int SMALLEST_WINDOW = 2;

    /** Largest window that can be asked for; a model's own limit may be lower. */
    static final int LARGEST_WINDOW = 1 << 20;
}
