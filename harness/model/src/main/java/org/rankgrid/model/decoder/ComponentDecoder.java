package org.rankgrid.model.decoder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;

/**
 * A decoder whose compressible layers can be run at any rank or mask without packing anything again: a truncation is a view
 * of the one copy. Used by one thread.
 *
 * <p>Dense weights and the components of the layers lie on the backend together: 4 (m n + K (m + n)) bytes a layer on a
 * backend that stores 32-bit floats, two to three times the dense model.
 */
public final class ComponentDecoder implements AutoCloseable {

    private final List<Layer> layers;
    private final List<ComponentLinear> linears;
    private final Decoder decoder;
    private final Backend backend;
    private Scope truncations;
    private @Nullable Differentiation differentiation;

    private ComponentDecoder(
            List<Layer> layers, List<ComponentLinear> linears, Decoder decoder, Backend backend, Scope truncations) {
        this.layers = layers;
        this.linears = linears;
        this.decoder = decoder;
        this.backend = backend;
        this.truncations = truncations;
    }

    /**
     * Puts a decoder and the components of some of its layers on a backend. Every layer runs dense at first.
     *
     * @param dense the decoder as it was trained
     * @param layers the layers with components, all of them layers of {@code dense}; with none it is a plain decoder
     * @param components asked once for each of them; its rows are read before the next is asked for
     * @param backend outlives the decoder
     * @throws IllegalArgumentException if a layer is not the decoder's or its components have another shape
     */
    public static ComponentDecoder load(
            DecoderWeights dense, List<Layer> layers, Function<Layer, Components> components, Backend backend) {
        Set<Layer> known = Set.copyOf(dense.layers());
        for (Layer layer : layers) {
            if (!known.contains(layer)) {
                throw new IllegalArgumentException("the decoder has no " + layer);
            }
        }
        Set<Layer> compressible = Set.copyOf(layers);
        Map<Layer, ComponentLinear> loaded = new HashMap<>();
        BlockLinear.Maker maker = (layer, linear, scope) -> {
            if (!compressible.contains(layer)) {
                return new PlainLinear(layer, linear, backend);
            }
            ComponentLinear made = ComponentLinear.load(layer, linear, components.apply(layer), backend, scope);
            loaded.put(layer, made);
            return made;
        };
        Decoder decoder = Decoder.load(dense, backend, maker);
        List<ComponentLinear> linears = layers.stream().map(loaded::get).toList();
        return new ComponentDecoder(List.copyOf(layers), linears, decoder, backend, backend.scope());
    }

    /**
     * Runs every layer at its rank from now on: y = U_k V_k x + b, or exactly W x + b where the plan says dense.
     *
     * @throws IllegalArgumentException if the plan is not over exactly the layers with components, in their order
     */
    public void use(RankPlan plan) {
        if (!plan.layers().equals(layers)) {
            throw new IllegalArgumentException("a plan over " + plan.layers().size() + " layers is not over the "
                    + layers.size() + " layers with components");
        }
        use((i, scope) -> {
            if (plan.isDense(i)) {
                linears.get(i).useDense();
            } else {
                linears.get(i).useRank(plan.rank(i), scope);
            }
        });
    }

    /**
     * Runs every layer with a mask from now on: y = U diag(mask) V x + b. Only components up to the last that is not masked
     * out are computed; a mask of all ones is exactly W x + b.
     *
     * @param masks one a layer in their order, K finite values each
     * @throws IllegalArgumentException if the sizes differ or a value is not finite
     */
    public void use(List<float[]> masks) {
        if (masks.size() != layers.size()) {
            throw new IllegalArgumentException(masks.size() + " masks for " + layers.size() + " layers");
        }
        for (int i = 0; i < masks.size(); i++) {
            requireMask(masks.get(i), linears.get(i));
        }
        use((i, scope) -> linears.get(i).useMask(masks.get(i), scope));
    }

    private static void requireMask(float[] mask, ComponentLinear linear) {
        if (mask.length != linear.components()) {
            throw new IllegalArgumentException("a mask of " + mask.length + " values for the " + linear.components()
                    + " components of " + linear.layer().key());
        }
        for (int i = 0; i < mask.length; i++) {
            if (!Float.isFinite(mask[i])) {
                throw new IllegalArgumentException(
                        "mask value " + i + " of " + linear.layer().key() + " is " + mask[i]);
            }
        }
    }

    /** Chooses how one layer runs; the scope lives until another choice. */
    private interface Choice {
        void make(int layer, Scope scope);
    }

    private void use(Choice choice) {
        Scope chosen = backend.scope();
        for (int i = 0; i < linears.size(); i++) {
            choice.make(i, chosen);
        }
        truncations.close();
        truncations = chosen;
    }

    /** The layers with components, in order. */
    public List<Layer> layers() {
        return layers;
    }

    /** The description of the decoder. */
    public DecoderSpec spec() {
        return decoder.spec();
    }

    /**
     * Writes the stream before the first block.
     *
     * @param ids t of them, sequence after sequence
     * @param into t by hidden
     * @throws org.rankgrid.spi.InputException if an id is not in the vocabulary or a sequence is longer than the model takes
     */
    public void embed(int[] ids, PackedSequences batch, Tensor into) {
        decoder.embed(ids, batch, into);
    }

    /**
     * Runs one block.
     *
     * @param block its index, from 0
     * @param stream t by hidden, left unchanged
     * @param into t by hidden, receives the stream after the block; another tensor than {@code stream}
     */
    public void forward(int block, Tensor stream, Tensor into, PackedSequences batch) {
        decoder.forward(block, stream, into, batch);
    }

    /**
     * What the head reads: the stream after the last block and the final norm, t by hidden.
     *
     * @param scope owns the result
     */
    public Tensor finish(Tensor stream, Scope scope) {
        return decoder.finish(stream, scope);
    }

    /** The same as {@link Decoder#logProbabilities}. */
    public void logProbabilities(Tensor hidden, int[] rows, int[] targets, double[] logProbabilities, int[] best) {
        decoder.logProbabilities(hidden, rows, targets, logProbabilities, best);
    }

    /**
     * Kullback-Leibler divergence D(p || q) of next-token distributions, row by row.
     *
     * @param hidden t by hidden, from {@link #finish}: p
     * @param reference t by hidden, from {@link #finish} of another state of this decoder: q
     * @param into receives t values in nats; not a number if any logit of the row is not finite
     */
    public void divergences(Tensor hidden, Tensor reference, double[] into) {
        backend.operations().divergences(hidden, reference, decoder.head(), spec().finalSoftCap(), into);
    }

    /**
     * Forward and backward of a loss: the sum of -weight log p over all predicted tokens, which are all but the first of each
     * sequence. Every layer's gradient is that of the state in use. It costs about three forward passes, and with components
     * watched about one more of all of them at full rank.
     *
     * <p>Beside the weights it holds, in 32-bit floats a token of the batch: (blocks + 12) hidden, for the stream before every
     * block and for the block at work, and for that 7 (heads + keyValueHeads) headSize + 7 inner + 2 K + the K of all its
     * layers; about 180 kB for a model of 135 million parameters. It is kept for the next batch of the same size. A few
     * thousand tokens in a batch of several sequences keep a backend busy.
     *
     * @param ids t of them, sequence after sequence
     * @param weight factor on the loss, such as one over the predicted tokens for their mean
     * @return the log-probability of every predicted token, unweighted, sequence by sequence
     * @throws NonFiniteLossException if the loss or its gradient is not finite; the observer may have been called by then
     * @throws org.rankgrid.spi.InputException if an id is not in the vocabulary or a sequence is longer than the model takes
     */
    public double[] differentiate(int[] ids, PackedSequences batch, double weight, GradientObserver observer) {
        Differentiation fitting = differentiation;
        if (fitting == null || !fitting.fits(batch, observer)) {
            releaseDifferentiation();
            fitting = new Differentiation(decoder, backend, batch.tokens(), observer.wantsComponents());
            differentiation = fitting;
        }
        return fitting.run(ids, batch, weight, observer);
    }

    private void releaseDifferentiation() {
        if (differentiation != null) {
            // Freed before the next is taken: two never exist side by side.
            differentiation.close();
            differentiation = null;
        }
    }

    /** Frees weights, components and activations. */
    @Override
    public void close() {
        releaseDifferentiation();
        truncations.close();
        decoder.close();
    }
}
