package org.rankgrid.numerics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** Layers for tests. */
final class Layers {

    private Layers() {}

    /** One layer for each pair of rows and columns. */
    static List<Layer> of(int[]... shapes) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            layers.add(new Layer("layer" + i, i, Role.Q, shapes[i][0], shapes[i][1]));
        }
        return layers;
    }

    /** Layers of random shapes, some of them too small to be worth a rank. */
    static List<Layer> random(Random random, int count, int largest) {
        int[][] shapes = new int[count][];
        for (int i = 0; i < count; i++) {
            shapes[i] = new int[] {1 + random.nextInt(largest), 1 + random.nextInt(largest)};
        }
        return of(shapes);
    }
}
