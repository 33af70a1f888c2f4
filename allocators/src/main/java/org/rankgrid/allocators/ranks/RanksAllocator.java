package org.rankgrid.allocators.ranks;

import java.util.List;
import java.util.Set;
import org.rankgrid.allocators.ranks.JsonValue.Members;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.FileContent;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * Ranks from a file, scored as they are. Three kinds of JSON files are read:
 *
 * <ul>
 *   <li>the {@code ranks.json} of a finished cell: an object from layer keys to ranks or {@code "dense"};
 *   <li>ranks by type and group of blocks, as papers print them: {@code {"groups": [{"q": 744, "v": "dense", ...}]}}, where a
 *       number with a decimal point is the share kept;
 *   <li>with {@code gamma-length}, a {@code best_gamma.json} of Dobi-SVD trained without remapping.
 * </ul>
 */
public final class RanksAllocator implements Allocator {

    private static final String FILE = "file";
    private static final String GAMMA_LENGTH = "gamma-length";

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
        return List.of(
                OptionSpec.file(
                        FILE,
                        "A JSON object from layer keys to ranks or \"dense\", such as the ranks.json of a finished cell, or"
                                + " ranks by type and group of blocks."),
                OptionSpec.whole(
                        GAMMA_LENGTH,
                        0,
                        Integer.MAX_VALUE,
                        0,
                        "For a best_gamma.json of Dobi-SVD the length of its training sequences, 2048 for the released ones;"
                                + " 0 for files of ranks."));
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
        long length = allocation.options().whole(GAMMA_LENGTH);
        List<Layer> layers = allocation.layers();
        Members object = JsonText.read(file);
        if (length > 0) {
            return new RankWish(GammaFile.ranks(file.name(), object, length, layers));
        }
        if (TypeGroups.looksLike(object)) {
            return new RankWish(TypeGroups.ranks(object, layers));
        }
        if (GammaFile.looksLike(object)) {
            throw new InputException(file.name() + " holds gammas of Dobi-SVD, expected ranks: give the option "
                    + GAMMA_LENGTH + ", 2048 for the released files.");
        }
        return new RankWish(RanksFile.ranks(file.name(), object, layers));
    }
}
