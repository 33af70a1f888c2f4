package org.rankgrid.spi.compute;

/**
 * The operations of a decoder's forward pass and of calibration. All activations are t by features; every operation writes
 * into tensors it is given, whose shapes must fit, and none returns anything the host could branch on except the few that
 * say so. An operation may still be running when its call returns, on a device; those that fill host arrays wait.
 *
 * <p>On {@code scalar} and {@code vector} the value of every element depends on its own row, or its own sequence, alone: the
 * number of threads and what else is in the batch change no bit.
 */
public interface Operations {

    /**
     * Rows of a table.
     *
     * @param table v by n
     * @param ids row of the table for each row of {@code out}
     * @param out t by n
     */
    void embed(Matrix table, int[] ids, Tensor out);

    /** y = W x + b for every row; {@code x} t by n, {@code y} t by m. */
    void linear(Tensor x, Linear layer, Tensor y);

    /** into = into + x, element by element. */
    void add(Tensor x, Tensor into);

    /**
     * Multiplies the first k columns by a factor each: out = x[:, :k] diag(factors).
     *
     * @param x t by n, n at least k; may be {@code out} itself
     * @param factors 1 by k
     * @param out t by k
     */
    void scaleColumns(Tensor x, Tensor factors, Tensor out);

    /**
     * Root-mean-square norm of every group of w features: x / sqrt(mean x^2 + epsilon) * weight. The group is the whole row
     * where the weight is as wide as the row; a narrower weight norms each head on its own.
     *
     * @param x t by n; may be {@code out} itself
     * @param weight 1 by w, w divides n
     * @param out t by n
     */
    void rmsNorm(Tensor x, Tensor weight, double epsilon, Tensor out);

    /** Layer norm of every row: (x - mean) / sqrt(variance + epsilon) * weight + bias; weight and bias 1 by n. */
    void layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon, Tensor out);

    /**
     * Rotates the first 2 r features of each head in place, pairing feature i with i + r (the Hugging Face half-split
     * layout), by the angle of the row's position in its sequence.
     *
     * @param x t by (heads * headSize)
     * @param cosine positions by r
     * @param sine positions by r
     */
    void rotate(Tensor x, int headSize, Tensor cosine, Tensor sine, PackedSequences batch);

    /**
     * Causal attention within each sequence, which sees the rows of its prefix first.
     *
     * @param query t by (heads * headSize)
     * @param key t by (keyValueHeads * headSize)
     * @param value t by (keyValueHeads * headSize)
     * @param out t by (heads * headSize)
     */
    void attention(Tensor query, Tensor key, Tensor value, AttentionShape shape, PackedSequences batch, Tensor out);

    /** x = activation(x), element by element. */
    void activate(Tensor x, Activation activation);

    /** gate = activation(gate) * up, element by element. */
    void gate(Tensor gate, Tensor up, Activation activation);

    /**
     * out = activation(G x + g) * (U x + u) for every row: two linear layers that read the same, and their gate. The same bits
     * as {@link #linear} twice and {@link #gate}; a backend that computes both a few columns at a time need not write either
     * to memory.
     *
     * @param x t by n
     * @param gate the layer the activation reads, m by n
     * @param up the other, m by n
     * @param room t by m; what it holds afterwards is open
     * @param out t by m; neither {@code x} nor {@code room}
     */
    default void gated(Tensor x, Linear gate, Linear up, Activation activation, Tensor room, Tensor out) {
        linear(x, up, room);
        linear(x, gate, out);
        gate(out, room, activation);
    }

    /**
     * Log-probabilities of given tokens, never holding the logits of all rows at once. The log-sum-exp is taken in double.
     * Waits for the result.
     *
     * @param hidden t by n, after the final norm
     * @param rows which rows of {@code hidden} are asked, a row may occur more than once
     * @param targets token asked at each of {@code rows}
     * @param head v by n
     * @param softCap logits become cap tanh(logit / cap); 0 for none
     * @param logProbabilities receives one natural logarithm a row; not a number if any logit of the row is not finite
     * @param best receives the most probable token of each row, the first of equals; -1 where the log-probability is not a
     *     number
     */
    void logProbabilities(
            Tensor hidden,
            int[] rows,
            int[] targets,
            Matrix head,
            double softCap,
            double[] logProbabilities,
            int[] best);

    /**
     * Adds the rows of an activation to its moments, in double, sequence by sequence in order, so that how sequences are
     * packed changes no bit.
     *
     * @param x t by n
     * @param groups the group of each sequence of the batch
     */
    void accumulate(Tensor x, PackedSequences batch, int[] groups, Moments into);

    /** The moments accumulated so far. Waits for the result. */
    MomentValues values(Moments moments);

    /**
     * Cosine of the angle between corresponding rows, in double; 0 where either is zero. Waits for the result.
     *
     * @param into receives t values
     */
    void cosines(Tensor a, Tensor b, double[] into);

    /**
     * Kullback-Leibler divergence D(p || q) of the next-token distributions of two models with the same head, row by row in
     * double, never holding the logits of all rows at once. Waits for the result.
     *
     * @param hidden t by n, after the final norm of the model whose distribution is p
     * @param reference t by n, the same of the model whose distribution is q
     * @param head v by n
     * @param softCap logits become cap tanh(logit / cap); 0 for none
     * @param divergences receives t values, in nats; not a number if any logit of the row is not finite
     */
    void divergences(Tensor hidden, Tensor reference, Matrix head, double softCap, double[] divergences);
}
