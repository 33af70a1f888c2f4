package org.rankgrid.backends.scalar;

import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.BackwardOperations;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.Matrix;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.ProductSumValues;
import org.rankgrid.spi.compute.ProductSums;
import org.rankgrid.spi.compute.Tensor;

/** Checks what the backward operations of a host backend are given, as {@link CheckedOperations} does, then computes. */
final class CheckedBackwardOperations implements BackwardOperations {

    private final HostBackwardKernels kernels;

    CheckedBackwardOperations(HostBackwardKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public void linear(Tensor dy, Linear layer, Tensor dx) {
        Shapes.require("linear backward", "dy", dy, dy.rows(), layer.rows());
        Shapes.require("linear backward", "dx", dx, dy.rows(), layer.columns());
        Shapes.distinct("linear backward", "dy", dy, "dx", dx);
        switch (layer) {
            case Linear.Dense dense ->
                kernels.linear(HostTensor.of(dy), HostMatrix.of(dense.weight()), HostTensor.of(dx));
            case Linear.LowRank factors ->
                kernels.lowRank(
                        HostTensor.of(dy),
                        HostMatrix.of(factors.left()),
                        HostMatrix.of(factors.right()),
                        HostTensor.of(dx));
        }
    }

    @Override
    public void accumulateWeight(Tensor dy, Tensor x, Tensor into) {
        Shapes.require("accumulateWeight", "x", x, dy.rows(), x.columns());
        Shapes.require("accumulateWeight", "into", into, dy.columns(), x.columns());
        Shapes.distinct("accumulateWeight", "dy", dy, "into", into);
        Shapes.distinct("accumulateWeight", "x", x, "into", into);
        kernels.accumulateWeight(HostTensor.of(dy), HostTensor.of(x), HostTensor.of(into));
    }

    @Override
    public void rmsNorm(Tensor x, Tensor weight, double epsilon, Tensor dy, Tensor dx) {
        Shapes.same("rmsNorm backward", "dy", dy, "x", x);
        Shapes.same("rmsNorm backward", "dx", dx, "x", x);
        Shapes.require("rmsNorm backward", "weight", weight, 1, weight.columns());
        Shapes.multiple("rmsNorm backward", x, weight.columns());
        kernels.rmsNorm(HostTensor.of(x), HostTensor.of(weight), epsilon, HostTensor.of(dy), HostTensor.of(dx));
    }

    @Override
    public void layerNorm(Tensor x, Tensor weight, double epsilon, Tensor dy, Tensor dx) {
        Shapes.same("layerNorm backward", "dy", dy, "x", x);
        Shapes.same("layerNorm backward", "dx", dx, "x", x);
        Shapes.require("layerNorm backward", "weight", weight, 1, x.columns());
        kernels.layerNorm(HostTensor.of(x), HostTensor.of(weight), epsilon, HostTensor.of(dy), HostTensor.of(dx));
    }

    @Override
    public void rotate(Tensor gradient, int headSize, Tensor cosine, Tensor sine, PackedSequences batch) {
        Shapes.rotation("rotate backward", gradient, headSize, cosine, sine, batch);
        Shapes.notContinued("rotate backward", batch);
        kernels.rotate(HostTensor.of(gradient), headSize, HostTensor.of(cosine), HostTensor.of(sine), batch);
    }

    @Override
    public void attention(
            Tensor query,
            Tensor key,
            Tensor value,
            AttentionShape shape,
            PackedSequences batch,
            Tensor dOut,
            Tensor dQuery,
            Tensor dKey,
            Tensor dValue) {
        Shapes.attention("attention backward", query, key, value, shape, batch);
        Shapes.notContinued("attention backward", batch);
        Shapes.same("attention backward", "dOut", dOut, "query", query);
        Shapes.same("attention backward", "dQuery", dQuery, "query", query);
        Shapes.same("attention backward", "dKey", dKey, "key", key);
        Shapes.same("attention backward", "dValue", dValue, "value", value);
        Tensor[] tensors = {query, key, value, dOut, dQuery, dKey, dValue};
        String[] names = {"query", "key", "value", "dOut", "dQuery", "dKey", "dValue"};
        for (int written = 4; written < tensors.length; written++) {
            for (int other = 0; other < written; other++) {
                Shapes.distinct("attention backward", names[other], tensors[other], names[written], tensors[written]);
            }
        }
        kernels.attention(
                HostTensor.of(query),
                HostTensor.of(key),
                HostTensor.of(value),
                shape,
                batch,
                HostTensor.of(dOut),
                HostTensor.of(dQuery),
                HostTensor.of(dKey),
                HostTensor.of(dValue));
    }

    @Override
    public void activate(Tensor x, Activation activation, Tensor gradient) {
        Shapes.same("activate backward", "gradient", gradient, "x", x);
        kernels.activate(HostTensor.of(x), activation, HostTensor.of(gradient));
    }

    @Override
    public void gate(Tensor gate, Tensor up, Activation activation, Tensor dy, Tensor dGate, Tensor dUp) {
        Shapes.same("gate backward", "up", up, "gate", gate);
        Shapes.same("gate backward", "dy", dy, "gate", gate);
        Shapes.same("gate backward", "dGate", dGate, "gate", gate);
        Shapes.same("gate backward", "dUp", dUp, "gate", gate);
        Shapes.distinct("gate backward", "dGate", dGate, "dUp", dUp);
        kernels.gate(
                HostTensor.of(gate),
                HostTensor.of(up),
                activation,
                HostTensor.of(dy),
                HostTensor.of(dGate),
                HostTensor.of(dUp));
    }

    @Override
    public void logProbabilities(
            Tensor hidden,
            int[] rows,
            int[] targets,
            double weight,
            Matrix head,
            double softCap,
            double[] logProbabilities,
            Tensor dHidden) {
        String operation = "logProbabilities backward";
        Shapes.require(operation, "hidden", hidden, hidden.rows(), head.columns());
        Shapes.same(operation, "dHidden", dHidden, "hidden", hidden);
        Shapes.distinct(operation, "hidden", hidden, "dHidden", dHidden);
        Shapes.indices(operation, "row", rows, hidden.rows());
        Shapes.onceEach(operation, "row", rows, hidden.rows());
        Shapes.indices(operation, "target", targets, head.rows());
        Shapes.count(operation, "targets", targets.length, rows.length);
        Shapes.room(operation, "logProbabilities", logProbabilities.length, rows.length);
        kernels.logProbabilities(
                HostTensor.of(hidden),
                rows,
                targets,
                weight,
                HostMatrix.of(head),
                softCap,
                logProbabilities,
                HostTensor.of(dHidden));
    }

    @Override
    public void accumulate(Tensor a, Tensor b, PackedSequences batch, ProductSums into) {
        Shapes.same("accumulate", "b", b, "a", a);
        Shapes.tokens("accumulate", a, batch);
        Shapes.notContinued("accumulate", batch);
        Shapes.require("accumulate", "a", a, a.rows(), into.columns());
        kernels.accumulate(HostTensor.of(a), HostTensor.of(b), batch, HostProductSums.of(into));
    }

    @Override
    public ProductSumValues values(ProductSums sums) {
        return HostProductSums.of(sums).values();
    }
}
