package org.rankgrid.spi.allocate;

import java.util.Set;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * Shares a parameter budget among the layers of a model. An allocator never touches a model, a file or a thread: it decides
 * from numbers. The same inputs and seed give the same wish.
 */
public interface Allocator extends Plugin {

    /** What {@link #allocate} will ask the statistics for under these options. */
    Set<Need> needs(Options options);

    /**
     * Whether the wish is a finished plan of integer ranks that is scored as it is, without a ratio and without repair to a
     * budget.
     */
    default boolean fixedPlan() {
        return false;
    }

    /**
     * The ranks this allocator would give.
     *
     * @return one wish a layer, in the order of {@link Allocation#layers}; it need not meet the budget exactly
     * @throws org.rankgrid.spi.InputException if the options do not fit the model, with a sentence that says why
     */
    RankWish allocate(Allocation allocation);
}
