package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

class ItemLogTest {

    private static final List<Item> ITEMS = List.of(
            new Item.Window("wikitext2", 0, 2047, 2.7177878493908154),
            new Item.Window("wikitext2", 1, 2047, 0.1 + 0.2),
            new Item.Choice("arc_easy", 7, List.of(-13.25, -0.5, -1e-300), 1, metrics("acc", 1, "acc_norm", 0)),
            new Item.Choice("lambada_openai", 0, List.of(-0.1), 0, metrics("acc", 1, "perplexity", -0.1)));

    private static final String LOG = """
            {"task":"wikitext2","index":0,"tokens":2047,"nll":2.7177878493908154}
            {"task":"wikitext2","index":1,"tokens":2047,"nll":0.30000000000000004}
            {"task":"arc_easy","index":7,"loglikelihood":[-13.25,-0.5,-1.0E-300],"gold":1,"acc":1,"acc_norm":0}
            {"task":"lambada_openai","index":0,"loglikelihood":[-0.1],"gold":0,"acc":1,"perplexity":-0.1}
            """;

    @Test
    void writesOneLineAnItem() {
        assertThat(ITEMS.stream().map(ItemLog::line).collect(Collectors.joining()))
                .isEqualTo(LOG);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        assertThat(read(LOG)).isEqualTo(ITEMS);
        assertThat(read("")).isEmpty();
    }

    @Test
    void aLogCutAnywhereGivesItsWholeLines() throws IOException {
        byte[] bytes = LOG.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= bytes.length; length++) {
            List<Item> items = ItemLog.read("i.jsonl", new ByteArrayInputStream(Arrays.copyOf(bytes, length)));
            // A line is whole with its closing brace, whether or not its line feed is there.
            long whole = LOG.substring(0, length)
                    .lines()
                    .filter(line -> line.endsWith("}"))
                    .count();
            assertThat(items).isEqualTo(ITEMS.subList(0, (int) whole));
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("{\"task\":\"a\",\"index\":0,\"tok\n" + LOG))
                .withMessageStartingWith("i.jsonl:1:");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(LOG + "{\"task\":\"a\",\"index\":0,\"tokens\":3,\"nll\":null}\n"))
                .withMessage("i.jsonl:5: nll is null, but a finite number was expected");
    }

    @Test
    void aChoiceThatCannotBeIsRefused() {
        refuses("\"loglikelihood\":[-1,-2],\"gold\":2", "gold is 2, but there are 2 continuations");
        refuses("\"loglikelihood\":[],\"gold\":0", "gold is 0, but there are 0 continuations");
        refuses("\"loglikelihood\":[-1,null],\"gold\":0", "loglikelihood[1] is null, but a finite number was expected");
        refuses(
                "\"loglikelihood\":[-1e999],\"gold\":0",
                "loglikelihood[0] is -1E+999, but a finite number was expected");
        refuses("\"loglikelihood\":-1,\"gold\":0", "loglikelihood is -1, but a list was expected");
        refuses("\"loglikelihood\":[-1],\"gold\":0,\"acc\":true", "acc is true, but a finite number was expected");
        refuses("\"loglikelihood\":[-1],\"acc\":1", "gold is missing, a whole number was expected");
    }

    @Test
    void anItemKnowsItsContinuations() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Item.Choice("a", 0, List.of(-1.0), 1, metrics("acc", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Item.Choice("a", 0, List.of(-1.0), 0, metrics("gold", 1)));
    }

    @Test
    void aFileThatIsNoLogIsRefusedBeforeItFillsTheMemory() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("x".repeat(2 << 20)))
                .withMessageContaining("i.jsonl:1 is longer than");
    }

    @Test
    void refusesAnItemThatIsNotFinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> ItemLog.line(new Item.Window("a", 0, 1, Double.NaN)));
        Item choice = new Item.Choice("a", 0, List.of(-1.0, Double.NEGATIVE_INFINITY), 0, metrics("acc", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> ItemLog.line(choice));
    }

    private static void refuses(String rest, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("{\"task\":\"a\",\"index\":0," + rest + "}\n"))
                .withMessage("i.jsonl:1: " + message);
    }

    private static SequencedMap<String, Double> metrics(Object... namesAndValues) {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return metrics;
    }

    private static List<Item> read(String log) throws IOException {
        return ItemLog.read("i.jsonl", new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }
}
