package org.rankgrid.allocators.ranks;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rankgrid.allocators.ranks.JsonValue.Member;
import org.rankgrid.allocators.ranks.JsonValue.Members;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankWish;

/**
 * A {@code best_gamma.json} of Dobi-SVD (arXiv 2502.02723) trained without remapping: an object from layer keys to real
 * numbers gamma, and beside them what was measured on the way. A gamma counts singular values of the layer's activations, a
 * matrix of T tokens; the rank of the weight is gamma min(m, n) / T (ALGORITHMS D.11).
 */
final class GammaFile {

    /** What the training script stores beside the gammas. */
    private static final Set<String> MEASUREMENTS = Set.of("ppl", "compression_ratio", "lr", "PPL_ORIG", "PPL");

    private GammaFile() {}

    /** Whether an object bears the marks of such a file. */
    static boolean looksLike(Members object) {
        return object.members().keySet().stream().anyMatch(MEASUREMENTS::contains);
    }

    /**
     * The wishes of a file for a model: ranks rounded down, dense where k (m + n) &ge; m n.
     *
     * @param length T, tokens of an activation
     * @throws InputException if the file does not name every layer of the model with a number that is not negative
     */
    static double[] ranks(String name, Members object, long length, List<Layer> layers) {
        RanksFile.checkKeys(object, layers, MEASUREMENTS);
        RanksFile.checkComplete(name, object, layers);
        return layers.stream()
                .mapToDouble(layer -> rank(layer, object.members().get(layer.key()), length))
                .toArray();
    }

    private static double rank(Layer layer, @Nullable Member member, long length) {
        if (member == null) {
            return RankWish.DENSE;
        }
        OptionalDouble gamma = RankValue.number(member.value());
        if (gamma.isEmpty() || gamma.getAsDouble() < 0) {
            throw JsonText.unexpected(member.value().place(), "the gamma of a layer, a number that is not negative");
        }
        return RankValue.wish(layer, gamma.getAsDouble() * layer.fullRank() / length);
    }
}
