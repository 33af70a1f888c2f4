package org.rankgrid.allocators.ranks;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.allocators.ranks.RanksFile.Entry;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;

/**
 * Ranks from a file, such as the {@code ranks.json} of a finished cell: a JSON object from layer keys to ranks or
 * {@code "dense"}. It must name every layer of the model, once. The plan is scored as it is.
 */
public final class RanksAllocator implements Allocator {

    private static final String FILE = "file";

    @Override
    public String id() {
        return "ranks";
    }

    @Override
    public String summary() {
        return "Takes the ranks from a file and scores them as they are, without a ratio.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.file(
                FILE,
                "A JSON object from layer keys to ranks or \"dense\", such as the ranks.json of a finished cell."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of();
    }

    @Override
    public boolean fixedPlan() {
        return true;
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        FileContent file = allocation.options().file(FILE);
        List<Layer> layers = allocation.layers();
        Map<String, Entry> entries = RanksFile.read(file);
        checkKeys(entries, layers);
        double[] ranks = new double[layers.size()];
        for (int i = 0; i < ranks.length; i++) {
            Entry entry = entries.get(layers.get(i).key());
            if (entry == null) {
                throw incomplete(file, layers.get(i), entries.size(), layers.size());
            }
            ranks[i] = rank(layers.get(i), entry);
        }
        return new RankWish(ranks);
    }

    private static void checkKeys(Map<String, Entry> entries, List<Layer> layers) {
        SequencedSet<String> known =
                layers.stream().map(Layer::key).collect(Collectors.toCollection(LinkedHashSet::new));
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                throw new InputException(entry.place() + ": " + RanksFile.quoted(key)
                        + " is no compressible layer of this model" + NearestNames.hint(key, known)
                        + ", whose first is '" + known.getFirst() + "': give a file made for this model.");
            }
        });
    }

    /** All keys are known and different, so the difference in number is what is missing. */
    private static InputException incomplete(FileContent file, Layer first, int given, int expected) {
        return new InputException(
                file.name() + " names " + given + " of the model's " + expected + " layers and lacks '"
                        + first.key() + "'" + (expected - given > 1 ? " and " + (expected - given - 1) + " more" : "")
                        + ": give each a rank or \"dense\".");
    }

    private static double rank(Layer layer, Entry entry) {
        if (entry.rank() == RankPlan.DENSE) {
            return RankWish.DENSE;
        }
        if (entry.rank() < 1 || entry.rank() > layer.fullRank()) {
            throw new InputException(entry.place() + ": '" + layer.key() + "' has rank " + entry.rank()
                    + ", expected 1 to " + layer.fullRank() + " for a layer of " + layer.rows() + " x "
                    + layer.columns()
                    + ", or \"dense\": correct the file.");
        }
        return entry.rank();
    }
}
