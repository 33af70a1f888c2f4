package org.rankgrid.backends.scalar;

import java.util.BitSet;
import org.rankgrid.spi.compute.AttentionShape;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.Tensor;

/** Shape checks, each a sentence with what was found and what fits. */
final class Shapes {

    private Shapes() {}

    static void require(String operation, String name, Tensor tensor, int rows, int columns) {
        if (tensor.rows() != rows || tensor.columns() != columns) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " is " + shape(tensor) + ", expected " + rows + " x " + columns);
        }
    }

    static void same(String operation, String name, Tensor tensor, String otherName, Tensor other) {
        if (tensor.rows() != other.rows() || tensor.columns() != other.columns()) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " is " + shape(tensor) + ", but " + otherName + " is " + shape(other));
        }
    }

    static void leading(String operation, String name, Tensor tensor, String otherName, Tensor other) {
        if (tensor.rows() != other.rows() || tensor.columns() > other.columns()) {
            throw new IllegalArgumentException(operation + ": " + name + " is " + shape(tensor)
                    + ", which is not the first columns of " + otherName + ", " + shape(other));
        }
    }

    // Tensors are places in memory: two are the same only if they are one object.
    @SuppressWarnings("ReferenceEquality")
    static void distinct(String operation, String name, Tensor tensor, String otherName, Tensor other) {
        if (tensor == other) {
            throw new IllegalArgumentException(operation + ": " + name + " and " + otherName + " are the same tensor");
        }
    }

    static void multiple(String operation, Tensor x, int width) {
        if (width < 1 || x.columns() % width != 0) {
            throw new IllegalArgumentException(
                    operation + ": the columns of a " + shape(x) + " tensor are no multiple of " + width);
        }
    }

    static void tokens(String operation, Tensor x, PackedSequences batch) {
        if (x.rows() != batch.tokens()) {
            throw new IllegalArgumentException(
                    operation + ": a " + shape(x) + " tensor, but sequences of " + batch.tokens() + " tokens");
        }
    }

    /** Refuses sequences that continue others, whose prefix would take part several times. */
    static void notContinued(String operation, PackedSequences batch) {
        if (batch.continued()) {
            throw new IllegalArgumentException(operation + ": sequences that continue others have no meaning here");
        }
    }

    static void indices(String operation, String name, int[] indices, int bound) {
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= bound) {
                throw new IllegalArgumentException(
                        operation + ": " + name + " " + indices[i] + " at place " + i + " is not in 0.." + (bound - 1));
            }
        }
    }

    /** Refuses an index that occurs twice; all are below the bound. */
    static void onceEach(String operation, String name, int[] indices, int bound) {
        BitSet seen = new BitSet(bound);
        for (int index : indices) {
            if (seen.get(index)) {
                throw new IllegalArgumentException(operation + ": " + name + " " + index + " occurs twice");
            }
            seen.set(index);
        }
    }

    /** What is rotated, and the angles it is rotated by. */
    static void rotation(String operation, Tensor x, int headSize, Tensor cosine, Tensor sine, PackedSequences batch) {
        multiple(operation, x, headSize);
        tokens(operation, x, batch);
        same(operation, "sine", sine, "cosine", cosine);
        if (cosine.rows() < batch.longest() || 2 * cosine.columns() > headSize) {
            throw new IllegalArgumentException(operation + ": angles of " + cosine.rows() + " positions x "
                    + cosine.columns() + " do not cover " + batch.longest() + " positions of heads of " + headSize);
        }
    }

    /** What an attention reads. */
    static void attention(
            String operation, Tensor query, Tensor key, Tensor value, AttentionShape shape, PackedSequences batch) {
        int narrow = shape.keyValueHeads() * shape.headSize();
        tokens(operation, query, batch);
        require(operation, "query", query, batch.tokens(), shape.heads() * shape.headSize());
        require(operation, "key", key, batch.tokens(), narrow);
        require(operation, "value", value, batch.tokens(), narrow);
    }

    static void count(String operation, String name, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(operation + ": " + found + " " + name + ", expected " + expected);
        }
    }

    static void room(String operation, String name, int found, int needed) {
        if (found < needed) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " has room for " + found + " values, not for " + needed);
        }
    }

    private static String shape(Tensor tensor) {
        return tensor.rows() + " x " + tensor.columns();
    }
}
