package org.rankgrid.model.decoder;

import java.util.List;
import java.util.Map;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;

/** A decoder's description together with the values of its weights, read when asked for. */
public interface DecoderWeights {

    /** The description. */
    DecoderSpec spec();

    /** The linear layers of the blocks: block by block, roles in the order of {@link org.rankgrid.spi.rank.Role}. */
    List<Layer> layers();

    /**
     * The values of a linear layer.
     *
     * @param key of one of {@link #layers}
     * @throws IllegalArgumentException if there is no such layer
     */
    LinearWeights linear(String key);

    /** The embedding of tokens, v by hidden. */
    RowSource embedding();

    /** The head, v by hidden: the embedding where it is tied. */
    RowSource head();

    /**
     * The table of learned positions, positions by hidden.
     *
     * @throws IllegalStateException if the decoder has none
     */
    RowSource positions();

    /**
     * A norm of a block.
     *
     * @throws IllegalArgumentException if the decoder has no such norm
     */
    NormWeights norm(int block, BlockNorm norm);

    /** The norm after the last block. */
    NormWeights finalNorm();

    /**
     * The same decoder with other values for some of its linear layers: what compression makes.
     *
     * @param linears by key; the shapes must be those of the layers
     * @throws IllegalArgumentException if there is no such layer or its shape is another
     */
    default DecoderWeights withLinears(Map<String, LinearWeights> linears) {
        return new ReplacedLinears(this, linears);
    }
}
