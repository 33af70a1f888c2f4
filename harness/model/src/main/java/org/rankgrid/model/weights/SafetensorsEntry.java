package org.rankgrid.model.weights;

/**
 * A tensor as the header of a safetensors file describes it.
 *
 * @param name of the tensor
 * @param type as written; it may be unknown to us
 * @param shape of the tensor; empty for a single number
 * @param begin first byte, counted from the end of the header
 * @param end behind the last byte, counted from the end of the header
 */
record SafetensorsEntry(String name, String type, int[] shape, long begin, long end) {

    /** How many values the shape holds. */
    long count() {
        long count = 1;
        for (int dimension : shape) {
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }
}
