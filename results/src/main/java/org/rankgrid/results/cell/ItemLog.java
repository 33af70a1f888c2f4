package org.rankgrid.results.cell;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.results.json.Json;
import org.rankgrid.results.json.JsonObject;
import org.rankgrid.spi.InputException;

/** {@code items.jsonl}: one line an item, the same bytes for the same answers. */
public final class ItemLog {

    private static final int LONGEST_LINE = 1 << 20;

    /** Whole numbers up to this size are written as such. */
    private static final double LARGEST_WHOLE = 1e15;

    /** The key that only items of choice tasks have. */
    private static final String LOGLIKELIHOOD = "loglikelihood";

    private ItemLog() {}

    /**
     * The line of an item, ending in a line feed.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    public static String line(Item item) {
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("task", item.task());
        tree.put("index", item.index());
        switch (item) {
            case Item.Window window -> {
                tree.put("tokens", window.tokens());
                tree.put("nll", window.nll());
            }
            case Item.Choice choice -> {
                tree.put(LOGLIKELIHOOD, choice.loglikelihoods());
                tree.put("gold", choice.gold());
                choice.metrics().forEach((metric, value) -> tree.put(metric, plain(value)));
            }
        }
        return Json.line(tree) + "\n";
    }

    /**
     * Reads a log. A last line without its line feed that is not whole is what a killed writer leaves behind: it is left
     * out.
     *
     * @param where the file, for messages
     * @throws InputException if any other line is not an item, with its number
     * @throws IOException if the stream cannot be read
     */
    public static List<Item> read(String where, InputStream in) throws IOException {
        List<Item> items = new ArrayList<>();
        BufferedInputStream buffered = new BufferedInputStream(in);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int number = 1;
        for (int next = buffered.read(); next >= 0; next = buffered.read()) {
            if (next != '\n') {
                line.write(next);
                if (line.size() > LONGEST_LINE) {
                    throw new InputException(where + ":" + number + " is longer than " + LONGEST_LINE
                            + " bytes: this is no log of items");
                }
                continue;
            }
            items.add(item(where + ":" + number, line.toByteArray()));
            line.reset();
            number++;
        }
        if (line.size() > 0) {
            try {
                items.add(item(where + ":" + number, line.toByteArray()));
            } catch (InputException torn) {
                return items;
            }
        }
        return items;
    }

    private static Item item(String where, byte[] line) {
        JsonObject json = Json.parse(where, line);
        Item item = json.has(LOGLIKELIHOOD) ? choice(json) : window(json);
        json.end();
        return item;
    }

    private static Item.Window window(JsonObject json) {
        return new Item.Window(json.text("task"), json.count("index"), json.count("tokens"), json.real("nll"));
    }

    private static Item.Choice choice(JsonObject json) {
        String task = json.text("task");
        int index = json.count("index");
        List<Double> loglikelihoods = json.realList(LOGLIKELIHOOD);
        int gold = json.count("gold");
        if (gold >= loglikelihoods.size()) {
            throw json.problem("gold", "is " + gold + ", but there are " + loglikelihoods.size() + " continuations");
        }
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        json.keys().forEach(metric -> metrics.put(metric, json.real(metric)));
        return new Item.Choice(task, index, loglikelihoods, gold, metrics);
    }

    /** A value of a metric as it is written: 0 and 1, not 0.0 and 1.0. */
    private static Object plain(double value) {
        boolean whole = Math.rint(value) == value && Math.abs(value) <= LARGEST_WHOLE;
        return whole ? (Object) (long) value : (Object) value;
    }
}
