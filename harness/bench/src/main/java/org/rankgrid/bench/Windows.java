package org.rankgrid.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rankgrid.cli.bench.WindowScoring;
import org.rankgrid.engine.run.Installation;
import org.rankgrid.engine.run.Machine;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.decoder.Decoder;
import org.rankgrid.results.json.Json;
import org.rankgrid.spi.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One program's turn in {@code harness/bench/beside/compare.py}: windows of a corpus, scored warm. */
@Command(
        name = "windows",
        description =
                "Scores windows of a corpus after a pass that is not timed, and prints one line of JSON; with --write,"
                        + " writes the text and its tokens for other programs instead.",
        mixinStandardHelpOptions = true)
final class Windows implements Callable<Integer> {

    /** Tokens of the pass that is not timed: for the compiler. */
    private static final int WARM_UP_TOKENS = 4096;

    @Option(names = "--model", paramLabel = "MODEL", required = true, description = "The model.")
    private String model = "";

    @Option(
            names = "--corpus",
            paramLabel = "NAME",
            defaultValue = "wikitext2-test",
            description = "The text (default: ${DEFAULT-VALUE}).")
    private String corpus = "wikitext2-test";

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Tokens of a window (default: ${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many windows (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Write text.txt and tokens.json, the whole corpus, into this folder and score nothing.")
    private @Nullable Path write;

    @Mixin
    private final Target target = new Target();

    @Override
    public Integer call() {
        if (window < 2 || count < 1) {
            throw new InputException("--window takes a number of 2 or more, --count one of 1 or more");
        }
        Installation installation = target.installation(Path.of(""));
        try (Checkpoint checkpoint = installation.open(model)) {
            if (write == null) {
                score(installation, checkpoint);
            } else {
                writeInto(write, installation, checkpoint);
            }
        }
        return 0;
    }

    private void score(Installation installation, Checkpoint checkpoint) {
        List<int[]> windows = WindowScoring.windows(checkpoint, installation.corpora(), corpus, window, count);
        try (Machine machine = target.machine(installation);
                Decoder decoder = Decoder.load(checkpoint, machine.backend())) {
            int few = Math.min(count, Math.ceilDiv(WARM_UP_TOKENS, window));
            new WindowScoring(machine.backend(), decoder, windows.subList(0, few)).run();
            long began = System.nanoTime();
            double nll = new WindowScoring(machine.backend(), decoder, windows).run();
            double seconds = (System.nanoTime() - began) / 1e9;
            SequencedMap<String, Object> tree = new LinkedHashMap<>();
            tree.put("tokens", (long) window * count);
            tree.put("seconds", seconds);
            tree.put("ppl", Math.exp(nll));
            tree.put("backend", Optional.ofNullable(machine.facts().get("backend")));
            System.out.println(Json.line(tree));
        }
    }

    private void writeInto(Path folder, Installation installation, Checkpoint checkpoint) {
        String text = installation.corpora().joined(corpus);
        int[] tokens = checkpoint.tokenizer().encode(text, true);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("text.txt"), text);
            Files.writeString(
                    folder.resolve("tokens.json"),
                    Json.line(Arrays.stream(tokens).boxed().toList()));
        } catch (IOException failure) {
            throw new InputException("--write " + folder + " cannot be written: " + failure.getMessage(), failure);
        }
    }
}
