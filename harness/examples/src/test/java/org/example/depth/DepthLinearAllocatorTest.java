package org.example.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.SyntheticStatistics;

/** Inherits what every allocator must do, and adds what is special to this one. */
class DepthLinearAllocatorTest extends AllocatorContract {

    @Override
    protected Allocator allocator() {
        return new DepthLinearAllocator();
    }

    @Test
    void earlyBlocksKeepMore() {
        // Break-even is rank 50: shares of 0.75, 0.5 and 0.25 wish 37.5, 25 and 12.5, and 38/37.5 is less than 13/12.5.
        assertThat(plan(0.5).toString()).isEqualTo("b0=38, b1=25, b2=12");
        assertThat(plan(1).toString()).isEqualTo("b0=dense, b1=24, b2=1");
        assertThat(plan(0).toString()).isEqualTo("b0=25, b1=25, b2=25");
    }

    private static RankPlan plan(double tilt) {
        List<Layer> layers = List.of(
                new Layer("b0", 0, Role.UP, 100, 100),
                new Layer("b1", 1, Role.UP, 100, 100),
                new Layer("b2", 2, Role.UP, 100, 100));
        Allocator allocator = new DepthLinearAllocator();
        Budget budget = Budget.of(new BigDecimal("0.5"), layers);
        Options options = Options.of(allocator.options(), Map.of("tilt", tilt));
        SyntheticStatistics none = new SyntheticStatistics(Set.of(), layers, SyntheticStatistics.Kind.TIED);
        Allocation allocation = new Allocation(budget, layers, none, options, 0);
        return Apportionment.repair(budget, layers, allocator.allocate(allocation));
    }
}
