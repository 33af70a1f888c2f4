package org.rankgrid.allocators.ranks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rankgrid.allocators.ranks.RanksFile.Entry;
import org.rankgrid.spi.InputException;
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
        Map<String, Entry> entries = RanksFile.read(file);
        checkKeys(file, entries, allocation.layers());
        return new RankWish(allocation.layers().stream()
                .mapToDouble(layer -> rank(layer, entries.get(layer.key())))
                .toArray());
    }

    private static void checkKeys(FileContent file, Map<String, Entry> entries, List<Layer> layers) {
        Set<String> known = layers.stream().map(Layer::key).collect(Collectors.toSet());
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                List<String> inOrder = layers.stream().map(Layer::key).toList();
                throw new InputException(entry.getValue().place() + ": " + RanksFile.quoted(entry.getKey())
                        + " is no compressible layer of this model; "
                        + NearestKey.of(entry.getKey(), inOrder)
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("its first layer is '" + inOrder.getFirst()
                                        + "': give a file made for this model."));
            }
        }
        List<String> missing = layers.stream()
                .map(Layer::key)
                .filter(key -> !entries.containsKey(key))
                .toList();
        if (!missing.isEmpty()) {
            throw new InputException(file.name() + " names " + entries.size() + " of the model's " + layers.size()
                    + " layers and lacks '" + missing.getFirst() + "'"
                    + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : "")
                    + ": give each a rank or \"dense\".");
        }
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
