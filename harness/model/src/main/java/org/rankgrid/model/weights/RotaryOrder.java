package org.rankgrid.model.weights;

import org.rankgrid.spi.compute.RowSource;

/**
 * Undoes the order in which llama.cpp stores queries and keys of llama models. Its rotary embedding turns neighbours, Hugging
 * Face's the two halves of a head: within a head of size D, stored row 2 j + s is Hugging Face's row s D/2 + j, s = 0, 1
 * (LlamaModel.permute in convert_hf_to_gguf.py). Nothing is copied; a row is looked up when it is read.
 */
final class RotaryOrder {

    private RotaryOrder() {}

    /** A weight, whose rows are in the stored order. */
    static RowSource weight(RowSource stored, int headSize) {
        return new Weight(stored, headSize);
    }

    /** A bias, whose values are in the stored order. */
    static RowSource bias(RowSource stored, int headSize) {
        return new Bias(stored, headSize);
    }

    private static int storedRow(int row, int headSize) {
        int half = headSize / 2;
        int within = row % headSize;
        return row - within + 2 * (within % half) + within / half;
    }

    private record Weight(RowSource stored, int headSize) implements RowSource {

        @Override
        public int rows() {
            return stored.rows();
        }

        @Override
        public int columns() {
            return stored.columns();
        }

        @Override
        public void read(int firstRow, int count, float[] into, int offset) {
            for (int i = 0; i < count; i++) {
                stored.read(storedRow(firstRow + i, headSize), 1, into, offset + i * columns());
            }
        }
    }

    private record Bias(RowSource stored, int headSize) implements RowSource {

        @Override
        public int rows() {
            return stored.rows();
        }

        @Override
        public int columns() {
            return stored.columns();
        }

        @Override
        public void read(int firstRow, int count, float[] into, int offset) {
            float[] values = new float[columns()];
            for (int i = 0; i < count; i++) {
                stored.read(firstRow + i, 1, values, 0);
                for (int j = 0; j < values.length; j++) {
                    into[offset + i * values.length + j] = values[storedRow(j, headSize)];
                }
            }
        }
    }
}
