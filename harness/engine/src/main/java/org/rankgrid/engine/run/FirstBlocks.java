package org.rankgrid.engine.run;

import java.util.List;
import org.rankgrid.model.decoder.AttentionSpec;
import org.rankgrid.model.decoder.BlockNorm;
import org.rankgrid.model.decoder.DecoderSpec;
import org.rankgrid.model.decoder.DecoderWeights;
import org.rankgrid.model.decoder.LinearWeights;
import org.rankgrid.model.decoder.NormWeights;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;

/**
 * A decoder that ends after its first blocks: small enough to measure speed on.
 *
 * @param whole the decoder
 * @param blocks how many of its blocks
 */
record FirstBlocks(DecoderWeights whole, int blocks) implements DecoderWeights {

    @Override
    public DecoderSpec spec() {
        DecoderSpec spec = whole.spec();
        AttentionSpec attention = spec.attention();
        return new DecoderSpec(
                spec.hidden(),
                blocks,
                spec.vocabulary(),
                spec.maximumPositions(),
                spec.norm(),
                new AttentionSpec(
                        attention.heads(),
                        attention.keyValueHeads(),
                        attention.headSize(),
                        attention.scale(),
                        attention.windows().subList(0, blocks),
                        attention.softCap(),
                        attention.queryKeyNorm()),
                spec.positions(),
                spec.feedForward(),
                spec.parallelResidual(),
                spec.biases(),
                spec.tiedHead(),
                spec.embeddingScale(),
                spec.finalSoftCap());
    }

    @Override
    public List<Layer> layers() {
        return whole.layers().stream().filter(layer -> layer.block() < blocks).toList();
    }

    @Override
    public LinearWeights linear(String key) {
        return whole.linear(key);
    }

    @Override
    public RowSource embedding() {
        return whole.embedding();
    }

    @Override
    public RowSource head() {
        return whole.head();
    }

    @Override
    public RowSource positions() {
        return whole.positions();
    }

    @Override
    public NormWeights norm(int block, BlockNorm norm) {
        return whole.norm(block, norm);
    }

    @Override
    public NormWeights finalNorm() {
        return whole.finalNorm();
    }
}
