package org.rankgrid.tasks.choice;

import java.util.List;

/**
 * A group of tasks, as its file describes it.
 *
 * @param id the group's id
 * @param summary one sentence for a listing
 * @param pooled the metrics that it gives for all its tasks together
 * @param version changes whenever the group's scores may change
 */
record GroupDefinition(String id, String summary, List<Pooled> pooled, String version) {

    GroupDefinition {
        pooled = List.copyOf(pooled);
    }

    /**
     * A metric of a group.
     *
     * @param metric its name
     * @param bySize whether a task counts as often as it has items; otherwise all count alike
     */
    record Pooled(String metric, boolean bySize) {}
}
