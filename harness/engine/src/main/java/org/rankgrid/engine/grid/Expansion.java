package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.factorize.Factorization;

/** Expands a grid into its cells, once and in one order. */
public final class Expansion {

    private final GridSpec grid;
    private final CellIdentity identities;
    private final SequencedMap<String, Cell> cells = new LinkedHashMap<>();

    private Expansion(GridSpec grid, CellIdentity identities) {
        this.grid = grid;
        this.identities = identities;
    }

    /**
     * The cells of a grid, model by model: the dense one first, then factorizations, allocators, ratios and seeds in the
     * grid's order, the seed varying fastest. Cells with equal weights are one cell.
     *
     * @param fingerprints asked once for each model and corpus
     */
    public static List<Cell> of(GridSpec grid, Fingerprints fingerprints) {
        Expansion expansion = new Expansion(grid, new CellIdentity(fingerprints));
        grid.models().forEach(expansion::addModel);
        return List.copyOf(expansion.cells.values());
    }

    private void addModel(String model) {
        add(Slug.dense(model), identities.dense(model), model, Optional.empty());
        Calibration calibration = grid.calibration().orElse(null);
        if (calibration == null) {
            return;
        }
        for (PluginChoice<Factorization> factorization : grid.factorizations()) {
            for (AllocatorChoice allocator : grid.allocators()) {
                for (Optional<BigDecimal> ratio : allocator.points()) {
                    for (long seed : grid.seeds()) {
                        Compression compression = new Compression(
                                factorization,
                                allocator.choice(),
                                ratio,
                                seed,
                                seeded(calibration, seed),
                                validation(allocator.choice(), seed),
                                grid.layers());
                        add(
                                Slug.compressed(model, compression),
                                identities.compressed(model, compression),
                                model,
                                Optional.of(compression));
                    }
                }
            }
        }
    }

    private Optional<TextSample> validation(PluginChoice<Allocator> allocator, long cellSeed) {
        return AllocatorNeeds.of(allocator).contains(Need.TRIALS)
                ? grid.validation().map(sample -> seeded(sample, cellSeed))
                : Optional.empty();
    }

    private static Calibration seeded(Calibration calibration, long cellSeed) {
        return new Calibration(seeded(calibration.sample(), cellSeed), calibration.groups());
    }

    private static TextSample seeded(TextSample sample, long cellSeed) {
        return new TextSample(
                sample.corpus(), sample.sequences(), sample.length(), OptionalLong.of(sample.seed(cellSeed)));
    }

    private void add(String slug, String identity, String model, Optional<Compression> compression) {
        String hash = CellIdentity.hash(identity);
        cells.putIfAbsent(hash, new Cell(slug + "-" + hash.substring(0, 8), hash, model, compression));
    }
}
