package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.rankgrid.spi.allocate.Allocator;

/**
 * An allocator and where it is run.
 *
 * @param choice the allocator and its options
 * @param ratios its own, or else those of the grid; an allocator whose plan is fixed is run once, whatever they are
 */
public record AllocatorChoice(PluginChoice<Allocator> choice, List<BigDecimal> ratios) {

    /** Copies the list. */
    public AllocatorChoice {
        ratios = List.copyOf(ratios);
    }

    /** What it is run at: its ratios, or once without one. */
    List<Optional<BigDecimal>> points() {
        return choice.plugin().fixedPlan()
                ? List.of(Optional.empty())
                : ratios.stream().map(Optional::of).toList();
    }
}
