package org.rankgrid.results.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

class ItemLogTest {

    private static final List<Item> ITEMS = List.of(
            new Item.Window("wikitext2", 0, 2047, 2.7177878493908154),
            new Item.Window("wikitext2", 1, 2047, 0.1 + 0.2));

    private static final String LOG = """
            {"task":"wikitext2","index":0,"tokens":2047,"nll":2.7177878493908154}
            {"task":"wikitext2","index":1,"tokens":2047,"nll":0.30000000000000004}
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
        int firstLine = LOG.indexOf('\n');
        for (int length = 0; length <= bytes.length; length++) {
            List<Item> items = ItemLog.read("i.jsonl", new ByteArrayInputStream(Arrays.copyOf(bytes, length)));
            int whole = length < firstLine ? 0 : length < bytes.length - 1 ? 1 : 2;
            assertThat(items).isEqualTo(ITEMS.subList(0, whole));
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsNamed() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read("{\"task\":\"a\",\"index\":0,\"tok\n" + LOG))
                .withMessageStartingWith("i.jsonl:1:");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(LOG + "{\"task\":\"a\",\"index\":0,\"tokens\":3,\"nll\":null}\n"))
                .withMessage("i.jsonl:3: nll is null, but a finite number was expected");
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
    }

    private static List<Item> read(String log) throws IOException {
        return ItemLog.read("i.jsonl", new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }
}
