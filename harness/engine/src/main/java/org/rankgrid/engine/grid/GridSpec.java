package org.rankgrid.engine.grid;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.rankgrid.engine.profile.Profile;
import org.rankgrid.spi.factorize.Factorization;

/**
 * A grid file, validated: every name is known, every value in its range, every list free of repetitions.
 *
 * @param name what it is called
 * @param models references as written, at least one
 * @param calibration what statistics are measured on; empty only if {@code allocators} is
 * @param validation what searching allocators try plans on
 * @param factorizations with their options, lists of values expanded; at least one
 * @param allocators with their options, lists of values expanded, and their ratios; empty if only the dense model is scored
 * @param seeds at least one
 * @param tasks with their limits, at least one
 * @param profile whose defaults the tasks have, and whose metrics the table shows
 * @param layers which layers are left out
 * @param backend id of the backend asked for; empty for the best available
 * @param decompositions id of the decompositions library asked for; empty for the best available
 * @param threads how many to compute on; empty for all cores
 * @param warnings what is odd about the file, one sentence each with its position
 */
public record GridSpec(
        String name,
        List<String> models,
        Optional<Calibration> calibration,
        Optional<TextSample> validation,
        List<PluginChoice<Factorization>> factorizations,
        List<AllocatorChoice> allocators,
        List<Long> seeds,
        List<TaskChoice> tasks,
        Optional<Profile> profile,
        LayerFilter layers,
        Optional<String> backend,
        Optional<String> decompositions,
        OptionalInt threads,
        List<String> warnings) {

    /** Copies the lists. */
    public GridSpec {
        models = List.copyOf(models);
        factorizations = List.copyOf(factorizations);
        allocators = List.copyOf(allocators);
        seeds = List.copyOf(seeds);
        tasks = List.copyOf(tasks);
        warnings = List.copyOf(warnings);
    }

    /** The same grid with a limit on every task, whatever the file says: {@code --limit} on the command line. */
    public GridSpec withLimit(int items) {
        List<TaskChoice> limited =
                tasks.stream().map(task -> task.withLimit(items)).toList();
        return new GridSpec(
                name,
                models,
                calibration,
                validation,
                factorizations,
                allocators,
                seeds,
                limited,
                profile,
                layers,
                backend,
                decompositions,
                threads,
                warnings);
    }

    /** What stands above its tables: its name and its profile. */
    public String title() {
        return profile.map(used -> name + ", profile " + used.id()).orElse(name);
    }

    /** How many cells the axes span, repetitions not removed. */
    public long cells() {
        long perModel = 1;
        for (AllocatorChoice allocator : allocators) {
            perModel += (long) allocator.points().size() * factorizations.size() * seeds.size();
        }
        return perModel * models.size();
    }
}
