package org.rankgrid.engine.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rankgrid.model.decoder.BlockObserver;
import org.rankgrid.spi.compute.Moments;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Sublayer;

/** Watches one block while the calibration sequences pass it. */
public final class BlockRecorder implements BlockObserver {

    private final Operations operations;
    private final Scope scope;
    private final int groupCount;
    private final SequencedMap<List<String>, Moments> inputs = new LinkedHashMap<>();
    private final SimilaritySums attention = new SimilaritySums();
    private final SimilaritySums feedForward = new SimilaritySums();
    private final SimilaritySums block = new SimilaritySums();

    private @Nullable PackedSequences packing;
    private int[] groups = new int[0];

    /**
     * A recorder that has seen nothing.
     *
     * @param scope owns what is summed
     * @param groupCount groups of sequences whose means are kept apart
     */
    public BlockRecorder(Operations operations, Scope scope, int groupCount) {
        this.operations = operations;
        this.scope = scope;
        this.groupCount = groupCount;
    }

    /** Some sequences are about to pass. */
    public void begin(PackedSequences sequences, int[] groupOfSequence) {
        packing = sequences;
        groups = groupOfSequence;
    }

    @Override
    public void linearInput(List<Layer> layers, Tensor input) {
        if (packing == null) {
            throw new IllegalStateException("no sequences have begun");
        }
        List<String> keys = layers.stream().map(Layer::key).toList();
        Moments moments = inputs.computeIfAbsent(keys, k -> scope.moments(input.columns(), groupCount));
        operations.accumulate(input, packing, groups, moments);
    }

    @Override
    public void branch(int index, Sublayer sublayer, Tensor before, Tensor branch) {
        sums(sublayer).addBranch(cosines(before, branch));
    }

    @Override
    public void sum(int index, Sublayer sublayer, Tensor before, Tensor after) {
        sums(sublayer).addResidual(cosines(before, after));
    }

    @Override
    public void block(int index, Tensor before, Tensor after) {
        block.addResidual(cosines(before, after));
    }

    BlockStatistics statistics() {
        List<BlockStatistics.Input> values = new ArrayList<>();
        inputs.forEach((keys, moments) -> values.add(new BlockStatistics.Input(keys, operations.values(moments))));
        return new BlockStatistics(values, attention.sublayer(), feedForward.sublayer(), block.block());
    }

    private SimilaritySums sums(Sublayer sublayer) {
        return sublayer == Sublayer.ATTENTION ? attention : feedForward;
    }

    private double[] cosines(Tensor a, Tensor b) {
        double[] cosines = new double[a.rows()];
        operations.cosines(a, b, cosines);
        return cosines;
    }
}
