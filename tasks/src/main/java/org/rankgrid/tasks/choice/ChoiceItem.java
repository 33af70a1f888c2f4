package org.rankgrid.tasks.choice;

import java.util.List;
import org.rankgrid.spi.task.Request.Continuation;

/**
 * An item of a task, ready to be asked and judged.
 *
 * @param origin file and line of its row
 * @param continuations what is asked
 * @param choices the choices without what stands before them: their lengths normalise; empty where there is one continuation
 * @param gold index of the right continuation
 */
record ChoiceItem(String origin, List<Continuation> continuations, List<String> choices, int gold) {

    ChoiceItem {
        continuations = List.copyOf(continuations);
        choices = List.copyOf(choices);
    }
}
