package org.rankgrid.engine.grid;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys of a grid file. */
enum GridKey {
    NAME("What the grid is called in reports; the file's name if not given."),
    MODELS("Models: a bundled or pulled name, a directory in the Hugging Face layout, a .gguf file, or a hub id."),
    CALIBRATION("The text that statistics are measured on, once for each model and seed."),
    VALIDATION("The text that searching allocators try plans on; disjoint from calibration and tests."),
    FACTORIZATIONS("How weights are decomposed; an axis of the grid. A list as an option's value is an axis too."),
    ALLOCATORS("How ranks are shared among layers; an axis of the grid. A list as an option's value is an axis too."),
    RATIOS("Shares of the linear layers' parameters that are removed, each in [0, 1); an axis of the grid."),
    SEEDS("Seeds of calibration samples and of allocators that draw random numbers; an axis of the grid."),
    TASKS("What every cell is scored on."),
    PROFILE(
            "Measure as a family of papers did: other defaults for the tasks' windows and BOS, and the metric of each column."),
    LAYERS("Which layers take part."),
    BACKEND("What computes; 'auto' takes the best available."),
    DECOMPOSITIONS("The library of matrix decompositions; 'auto' takes the best available."),
    THREADS("How many threads to compute on; all cores if not given."),
    LIMIT("Score only the first windows, documents or items of each task, this many.");

    private final String help;

    GridKey(String help) {
        this.help = help;
    }

    /** The key as it is written. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is for, for people. */
    String help() {
        return help;
    }

    /** All keys, as they are written. */
    static List<String> keys() {
        return Arrays.stream(values()).map(GridKey::key).toList();
    }
}
