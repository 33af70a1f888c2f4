package org.rankgrid.results.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.rankgrid.results.cell.CellSpec;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.Samples;

/** A process that writes one cell again and again until it is killed. */
final class EndlessWriter {

    private EndlessWriter() {}

    public static void main(String[] arguments) {
        CellSpec cell = CellSpec.dense("m");
        List<Item> items = IntStream.range(0, 2000)
                .<Item>mapToObj(i -> new Item.Window("a", i, 511, 1 + 1.0 / (i + 1)))
                .toList();
        try (RunClaim claim = new RunDirectory(Path.of(arguments[0])).claim()) {
            for (int round = 1; ; round++) {
                claim.write("cell", Samples.result(cell, "x", Samples.ppl("a", round)), Map.of("a", items));
                if (round == 3) {
                    System.out.println("writing");
                }
            }
        }
    }
}
