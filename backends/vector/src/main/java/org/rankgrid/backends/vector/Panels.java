package org.rankgrid.backends.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Panels of two vectors of lanes, row by row: products that give them, and what is done to them element by element. */
final class Panels {

    private static final int LANES = MicroKernel.COLUMNS;

    private Panels() {}

    /**
     * Products over the d features of consecutive positions of a head with a panel, a row for each position; whole tiles of
     * rows are written.
     *
     * @param first the first position, a multiple of the micro-kernel's rows
     * @param tile room for a tile
     */
    static void multiply(
            HeadTiles tiles,
            int s,
            int head,
            int first,
            int length,
            MemorySegment panel,
            int d,
            float[] tile,
            MemorySegment into) {
        for (int j = 0; j < length; j += MicroKernel.ROWS) {
            int from = tiles.positionOffset(s, head, first + j);
            MicroKernel.multiply(tiles.byPosition(), from, d, panel, 0, d, tile);
            store(tile, into, (long) j * LANES);
        }
    }

    /** Writes a tile as it lies; a copy of so few bytes as a call would take as long as a tenth of the product. */
    private static void store(float[] tile, MemorySegment into, long at) {
        for (int i = 0; i < MicroKernel.TILE; i += Lanes.WIDTH) {
            Lanes.store(FloatVector.fromArray(Lanes.FLOATS, tile, i), into, at + i);
        }
    }

    /** into = into * factors for one vector of lanes of some rows. */
    static void multiply(MemorySegment factors, MemorySegment into, int lane, int length) {
        for (int j = 0; j < length; j++) {
            long at = (long) j * LANES + lane;
            Lanes.store(Lanes.load(into, at).mul(Lanes.load(factors, at)), into, at);
        }
    }

    /** Adds a tile to values from a place on. */
    static void add(float[] tile, float[] into, int offset) {
        for (int i = 0; i < MicroKernel.TILE; i += Lanes.WIDTH) {
            FloatVector.fromArray(Lanes.FLOATS, into, offset + i)
                    .add(FloatVector.fromArray(Lanes.FLOATS, tile, i))
                    .intoArray(into, offset + i);
        }
    }
}
