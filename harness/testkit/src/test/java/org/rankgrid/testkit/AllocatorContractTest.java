package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/** The contract passes a decent allocator and catches each kind of bad one. */
@SuppressWarnings("JUnitMethodInvoked") // the checks are what is tested here
class AllocatorContractTest {

    @Test
    void passesADecentAllocator() {
        Allocator decent = new Sample(AllocatorContractTest::ones);
        AllocatorContract contract = contract(decent);
        contract.tellsWhoItIs();
        contract.declaresOptionsWithValidDefaults();
        for (Inventory inventory : Inventory.values()) {
            contract.givesEveryLayerARankOrLeavesItDense(inventory);
            contract.meetsTheBudgetOnceRepaired(inventory);
            contract.leavesEverythingDenseAtRatioZero(inventory);
            contract.neverKeepsMoreAtAHigherRatio(inventory);
            contract.decidesTheSameEachTime(inventory);
            contract.leavesTheStatisticsAsTheyAre(inventory);
        }
    }

    @Test
    void catchesOneThatIsNoService() {
        catches(new Sample(AllocatorContractTest::ones), AllocatorContract::isFoundAsAService);
    }

    @Test
    void catchesAnIllFormedId() {
        catches(
                new Sample(AllocatorContractTest::ones) {
                    @Override
                    public String id() {
                        return "My_Allocator";
                    }
                },
                AllocatorContract::tellsWhoItIs);
    }

    @Test
    void catchesADefaultOutOfRange() {
        for (OptionSpec bad : List.of(
                OptionSpec.real("alpha", 0, 1, 2, "Too much."),
                OptionSpec.whole("Steps", 1, 2, 1, "A name in capitals."),
                OptionSpec.flag("off", false, ""),
                new OptionSpec("typed", new OptionType.Whole(0, 9), Optional.of("3"), "A text for a number."))) {
            catches(
                    new Sample(AllocatorContractTest::ones) {
                        @Override
                        public List<OptionSpec> options() {
                            return List.of(bad);
                        }
                    },
                    AllocatorContract::declaresOptionsWithValidDefaults);
        }
    }

    @Test
    void catchesAWishOfTheWrongSize() {
        catches(
                new Sample(allocation -> new RankWish(1, 2, 3)),
                contract -> contract.givesEveryLayerARankOrLeavesItDense(Inventory.OPT));
    }

    @Test
    void catchesAnUndeclaredNeed() {
        Allocator curious = new Sample(allocation -> {
            allocation.statistics().block(0);
            return ones(allocation);
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> contract(curious).givesEveryLayerARankOrLeavesItDense(Inventory.MHA))
                .withMessage("the allocator asks for SIMILARITIES and declared only [SPECTRA]");
    }

    @Test
    void catchesOneThatChangesItsMind() {
        AtomicInteger calls = new AtomicInteger();
        Allocator fickle = new Sample(allocation -> {
            double[] ranks = ones(allocation).ranks();
            ranks[0] += calls.getAndIncrement();
            return new RankWish(ranks);
        });
        catches(fickle, contract -> contract.decidesTheSameEachTime(Inventory.GPT2));
    }

    @Test
    void catchesOneThatWritesIntoTheStatistics() {
        Allocator careless = new Sample(allocation -> {
            Arrays.sort(allocation.statistics().spectrum(0));
            return ones(allocation);
        });
        catches(careless, contract -> contract.leavesTheStatisticsAsTheyAre(Inventory.MHA));
    }

    @Test
    void catchesAFixedPlanThatIsNone() {
        for (double bad : new double[] {0, 1.5, 1000}) {
            Allocator broken =
                    new Sample(allocation -> {
                        double[] ranks = ones(allocation).ranks();
                        ranks[0] = bad;
                        return new RankWish(ranks);
                    }) {
                        @Override
                        public boolean fixedPlan() {
                            return true;
                        }
                    };
            catches(broken, contract -> contract.aFixedPlanIsAPlanWhateverTheRatio(Inventory.GQA));
        }
    }

    private static void catches(Allocator allocator, Consumer<AllocatorContract> check) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check.accept(contract(allocator)));
    }

    private static AllocatorContract contract(Allocator allocator) {
        return new AllocatorContract() {
            @Override
            protected Allocator allocator() {
                return allocator;
            }
        };
    }

    private static RankWish ones(Allocation allocation) {
        return new RankWish(allocation.layers().stream().mapToDouble(layer -> 1).toArray());
    }

    private static class Sample implements Allocator {

        private final Function<Allocation, RankWish> decision;

        Sample(Function<Allocation, RankWish> decision) {
            this.decision = decision;
        }

        @Override
        public String id() {
            return "sample";
        }

        @Override
        public String summary() {
            return "A sample.";
        }

        @Override
        public Set<Need> needs(Options options) {
            return Set.of(Need.SPECTRA);
        }

        @Override
        public RankWish allocate(Allocation allocation) {
            return decision.apply(allocation);
        }
    }
}
