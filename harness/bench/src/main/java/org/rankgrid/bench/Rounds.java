package org.rankgrid.bench;

import java.util.ArrayList;
import java.util.List;

/** Pieces of work that take turns. */
final class Rounds {

    private Rounds() {}

    /** Does every piece once without looking, then in every round once with a watch. */
    static List<Timing> of(String model, List<Piece> pieces, int rounds) {
        pieces.forEach(piece -> piece.run().run());
        List<List<Double>> seconds = new ArrayList<>();
        pieces.forEach(piece -> seconds.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < pieces.size(); i++) {
                long began = System.nanoTime();
                pieces.get(i).run().run();
                seconds.get(i).add((System.nanoTime() - began) / 1e9);
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            timings.add(new Timing(model, piece.work(), piece.window(), piece.tokens(), seconds.get(i)));
        }
        return timings;
    }
}
