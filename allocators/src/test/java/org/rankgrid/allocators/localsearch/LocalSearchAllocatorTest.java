package org.rankgrid.allocators.localsearch;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rankgrid.allocators.synthetic.SyntheticRun;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.testkit.AllocatorContract;
import org.rankgrid.testkit.Inventory;

class LocalSearchAllocatorTest {

    abstract static class LocalSearchContract extends AllocatorContract {

        private final Map<String, Object> options;

        LocalSearchContract(Map<String, Object> options) {
            this.options = options;
        }

        @Override
        protected Allocator allocator() {
            return new LocalSearchAllocator();
        }

        @Override
        protected Map<String, Object> options(List<Layer> layers) {
            return options;
        }
    }

    @Nested
    class FewTrials extends LocalSearchContract {
        FewTrials() {
            super(Map.of("trials", 8L));
        }
    }

    @Nested
    class WithoutAGuide extends LocalSearchContract {
        WithoutAGuide() {
            super(Map.of(
                    "trials",
                    10L,
                    "guide",
                    "none",
                    "from",
                    AllocatorReference.of("uniform"),
                    "standard-errors",
                    0.0,
                    "step",
                    1.0));
        }
    }

    @Test
    void explore() {
        for (Inventory inventory : Inventory.values())
            for (String ratio : List.of("0.1", "0.2", "0.5")) {
                StringBuilder line = new StringBuilder(inventory + " " + ratio);
                for (String guide : List.of("none", "gradients"))
                    for (long trials : new long[] {10, 20, 40, 100, 200}) {
                        double sum = 0;
                        for (long seed = 0; seed < 3; seed++) {
                            SyntheticRun run = run(Map.of("guide", guide, "trials", trials), inventory, ratio, seed);
                            sum += run.damage() / run.uniformDamage() / 3;
                        }
                        line.append(String.format(" %s/%d %.4f", guide, trials, sum));
                    }
                System.out.println(line);
            }
    }

    private static SyntheticRun run(Map<String, Object> options, Inventory inventory, String ratio, long seed) {
        return SyntheticRun.of(new LocalSearchAllocator(), options, inventory, ratio, seed);
    }
}
