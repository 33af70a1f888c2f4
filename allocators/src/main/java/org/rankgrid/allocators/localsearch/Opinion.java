package org.rankgrid.allocators.localsearch;

import java.util.List;
import org.rankgrid.spi.rank.RankPlan;

/** What somebody thinks that ranks near a plan would lose. */
@FunctionalInterface
interface Opinion {

    /** The error of every layer with the first k components kept, at index k - 1, the dense layer's last. */
    List<double[]> near(RankPlan plan);
}
