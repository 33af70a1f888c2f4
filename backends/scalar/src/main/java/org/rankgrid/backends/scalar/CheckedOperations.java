package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.MomentValues;
import org.rankgrid.spi.compute.Moments;
import org.rankgrid.spi.compute.Operations;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/**
 * Checks what a host backend is given, then computes: kernels may trust every shape, index and count. What does not fit is
 * an {@link IllegalArgumentException} that names the operation and both shapes.
 */
final class CheckedOperations implements Operations {

    private final HostKernels kernels;

    CheckedOperations(HostKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void embed(Matrix table, int[] ids, Tensor out) {
        Shapes.require("embed", "out", out, ids.length, table.columns());
        Shapes.indices("embed", "id", ids, table.rows());
        kernels.embed(HostMatrix.of(table), ids, HostTensor.of(out));
    }

    @Override
    public void linear(Tensor x, Linear layer, Tensor y) {
        Shapes.require("linear", "x", x, x.rows(), layer.columns());
        Shapes.require("linear", "y", y, x.rows(), layer.rows());
        Shapes.distinct("linear", "x", x, "y", y);
        kernels.linear(HostTensor.of(x), checked(layer), HostTensor.of(y));
    }

    private static HostLinear checked(Linear layer) {
        HostLinear checked = HostLinear.of(layer);
        if (checked.bias() != null) {
            Shapes.require("linear", "bias", checked.bias(), 1, layer.rows());
        }
        return checked;
    }

    @Override
    public void add(Tensor x, Tensor into) {
        Shapes.same("add", "into", into, "x", x);
        kernels.add(HostTensor.of(x), HostTensor.of(into));
    }

    @Override
    public void rmsNorm(Tensor x, Tensor weight, double epsilon, Tensor out) {
        Shapes.same("rmsNorm", "out", out, "x", x);
        Shapes.require("rmsNorm", "weight", weight, 1, weight.columns());
        Shapes.multiple("rmsNorm", x, weight.columns());
        kernels.rmsNorm(HostTensor.of(x), HostTensor.of(weight), epsilon, HostTensor.of(out));
    }

    @Override
    public void layerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon, Tensor out) {
        Shapes.same("layerNorm", "out", out, "x", x);
        Shapes.require("layerNorm", "weight", weight, 1, x.columns());
        Shapes.require("layerNorm", "bias", bias, 1, x.columns());
        kernels.layerNorm(HostTensor.of(x), HostTensor.of(weight), HostTensor.of(bias), epsilon, HostTensor.of(out));
    }

    @Override
    public void rotate(Tensor x, int headSize, Tensor cosine, Tensor sine, PackedSequences batch) {
        Shapes.rotation("rotate", x, headSize, cosine, sine, batch);
        kernels.rotate(HostTensor.of(x), headSize, HostTensor.of(cosine), HostTensor.of(sine), batch);
    }

    @Override
    public void attention(
            Tensor query, Tensor key, Tensor value, AttentionShape shape, PackedSequences batch, Tensor out) {
        Shapes.attention("attention", query, key, value, shape, batch);
        Shapes.same("attention", "out", out, "query", query);
        Shapes.distinct("attention", "query", query, "out", out);
        Shapes.distinct("attention", "key", key, "out", out);
        Shapes.distinct("attention", "value", value, "out", out);
        kernels.attention(
                HostTensor.of(query), HostTensor.of(key), HostTensor.of(value), shape, batch, HostTensor.of(out));
    }

    @Override
    public void activate(Tensor x, Activation activation) {
        kernels.activate(HostTensor.of(x), activation);
    }

    @Override
    public void gate(Tensor gate, Tensor up, Activation activation) {
        Shapes.same("gate", "up", up, "gate", gate);
        kernels.gate(HostTensor.of(gate), HostTensor.of(up), activation);
    }

    @Override
    public void gated(Tensor x, Linear gate, Linear up, Activation activation, Tensor room, Tensor out) {
        for (Linear layer : new Linear[] {gate, up}) {
            Shapes.require("gated", "x", x, x.rows(), layer.columns());
            Shapes.require("gated", "out", out, x.rows(), layer.rows());
        }
        Shapes.same("gated", "room", room, "out", out);
        Shapes.distinct("gated", "x", x, "out", out);
        Shapes.distinct("gated", "x", x, "room", room);
        Shapes.distinct("gated", "room", room, "out", out);
        kernels.gated(
                HostTensor.of(x), checked(gate), checked(up), activation, HostTensor.of(room), HostTensor.of(out));
    }

    @Override
    public void logProbabilities(
            Tensor hidden,
            int[] rows,
            int[] targets,
            Matrix head,
            double softCap,
            double[] logProbabilities,
            int[] best) {
        Shapes.require("logProbabilities", "hidden", hidden, hidden.rows(), head.columns());
        Shapes.indices("logProbabilities", "row", rows, hidden.rows());
        Shapes.indices("logProbabilities", "target", targets, head.rows());
        Shapes.count("logProbabilities", "targets", targets.length, rows.length);
        Shapes.room("logProbabilities", "logProbabilities", logProbabilities.length, rows.length);
        Shapes.room("logProbabilities", "best", best.length, rows.length);
        kernels.logProbabilities(
                HostTensor.of(hidden), rows, targets, HostMatrix.of(head), softCap, logProbabilities, best);
    }

    @Override
    public void accumulate(Tensor x, PackedSequences batch, int[] groups, Moments into) {
        Shapes.tokens("accumulate", x, batch);
        Shapes.notContinued("accumulate", batch);
        Shapes.require("accumulate", "x", x, x.rows(), into.columns());
        Shapes.count("accumulate", "groups", groups.length, batch.count());
        Shapes.indices("accumulate", "group", groups, into.groups());
        kernels.accumulate(HostTensor.of(x), batch, groups, HostMoments.of(into));
    }

    @Override
    public MomentValues values(Moments moments) {
        return HostMoments.of(moments).values();
    }

    @Override
    public void cosines(Tensor a, Tensor b, double[] into) {
        Shapes.same("cosines", "b", b, "a", a);
        Shapes.room("cosines", "into", into.length, a.rows());
        kernels.cosines(HostTensor.of(a), HostTensor.of(b), into);
    }

    @Override
    public void scaleColumns(Tensor x, Tensor factors, Tensor out) {
        Shapes.leading("scaleColumns", "out", out, "x", x);
        Shapes.require("scaleColumns", "factors", factors, 1, out.columns());
        kernels.scaleColumns(HostTensor.of(x), HostTensor.of(factors), HostTensor.of(out));
    }

    @Override
    public void divergences(Tensor hidden, Tensor reference, Matrix head, double softCap, double[] divergences) {
        Shapes.require("divergences", "hidden", hidden, hidden.rows(), head.columns());
        Shapes.same("divergences", "reference", reference, "hidden", hidden);
        Shapes.room("divergences", "divergences", divergences.length, hidden.rows());
        kernels.divergences(HostTensor.of(hidden), HostTensor.of(reference), HostMatrix.of(head), softCap, divergences);
    }
}
