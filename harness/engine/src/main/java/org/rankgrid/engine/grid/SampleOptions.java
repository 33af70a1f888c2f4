package org.rankgrid.engine.grid;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.OptionType;

/** The keys of {@code calibration} and {@code validation}, declared like the options of a plugin. */
final class SampleOptions {

    /** A key whose default, the cell's own seed, no declaration can say. */
    static final String SEED = "seed";

    static final OptionType SEED_TYPE = new OptionType.Whole(0, Long.MAX_VALUE);

    static final String SEED_HELP = "Seed of the sample; each cell's own seed if not given.";

    static final Set<String> RESERVED = Set.of(SEED);

    static final List<OptionSpec> VALIDATION = List.of(
            new OptionSpec("corpus", new OptionType.Text(), Optional.empty(), "A corpus by name, or a path."),
            new OptionSpec(
                    "sequences", new OptionType.Whole(1, 1_000_000), Optional.empty(), "How many sequences to draw."),
            new OptionSpec("length", new OptionType.Whole(2, 1 << 20), Optional.empty(), "Tokens of each sequence."));

    static final List<OptionSpec> CALIBRATION = List.of(
            VALIDATION.get(0),
            VALIDATION.get(1),
            VALIDATION.get(2),
            OptionSpec.whole(
                    "groups",
                    1,
                    1_000_000,
                    GridDefaults.GROUPS,
                    "Groups of sequences whose means are kept apart, for factorizations that pool covariances."));

    private SampleOptions() {}
}
