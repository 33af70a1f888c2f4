package org.rankgrid.engine.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.rankgrid.data.yaml.ScalarType;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlMapping;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlPosition;
import org.rankgrid.data.yaml.YamlProblem;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.data.yaml.YamlSequence;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;

/**
 * A value from the command line that replaces one of the grid file: {@code --set path=value}. A step of the path is a key,
 * or, in a list, the number of an entry from 0 or the id of the only entry that has it.
 *
 * @param path the steps
 * @param value what to put there
 * @param position what problems with the value stand at: {@code --set path}
 */
record Setting(List<String> path, YamlNode value, YamlPosition position) {

    /**
     * The setting of {@code path=value}; the value is YAML.
     *
     * @throws InputException if it is not of this form
     */
    static Setting of(String text) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? text.strip() : text.substring(0, equals).strip();
        List<String> steps = List.of(path.split("\\.", -1));
        if (equals < 0 || steps.contains("")) {
            throw new InputException(
                    "--set " + text + " is not of the form path=value, such as --set ratios=[0.2] or --set"
                            + " calibration.sequences=8");
        }
        String name = "--set " + path;
        return new Setting(steps, YamlDocument.parseInline(name, text.substring(equals + 1)), YamlPosition.of(name));
    }

    /** The tree with the value in its place; unchanged, and a problem reported, if the path leads nowhere. */
    YamlNode applyTo(YamlNode root, YamlFindings findings) {
        try {
            return put(root, 0);
        } catch (DeadEnd e) {
            findings.problem(new YamlProblem(position, e.sentence));
            return root;
        }
    }

    /** A path that leads nowhere. */
    private static final class DeadEnd extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String sentence;

        DeadEnd(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }
    }

    private YamlNode put(YamlNode node, int depth) {
        if (depth == path.size()) {
            return value;
        }
        return switch (node) {
            case YamlMapping mapping -> putEntry(mapping, depth);
            case YamlSequence list -> putItem(list, depth);
            case YamlScalar scalar
            when scalar.type() == ScalarType.NULL -> putEntry(new YamlMapping(position, new LinkedHashMap<>()), depth);
            case YamlScalar scalar ->
                throw new DeadEnd(
                        "leads nowhere: " + where(depth) + " is " + scalar.describe() + ", which has no parts");
        };
    }

    /** A key that is not there is made; whether it may be there is a matter of validation. */
    private YamlNode putEntry(YamlMapping mapping, int depth) {
        String key = path.get(depth);
        SequencedMap<String, Entry> entries = new LinkedHashMap<>(mapping.entries());
        YamlScalar name = mapping.entry(key).map(Entry::key).orElse(YamlScalar.text(position, key));
        YamlNode nothing = new YamlScalar(position, ScalarType.NULL, "", Optional.empty());
        entries.put(key, new Entry(name, put(mapping.get(key).orElse(nothing), depth + 1)));
        return new YamlMapping(mapping.position(), entries);
    }

    private YamlNode putItem(YamlSequence list, int depth) {
        int index = index(list, depth);
        YamlNode item = list.items().get(index);
        boolean inside = depth + 1 < path.size();
        if (inside && item instanceof YamlScalar scalar && scalar.isText()) {
            // "mgaa" is short for {id: mgaa}.
            SequencedMap<String, Entry> entries = new LinkedHashMap<>();
            entries.put("id", new Entry(YamlScalar.text(scalar.position(), "id"), scalar));
            item = new YamlMapping(scalar.position(), entries);
        }
        List<YamlNode> items = new ArrayList<>(list.items());
        items.set(index, put(item, depth + 1));
        return new YamlSequence(list.position(), items);
    }

    private int index(YamlSequence list, int depth) {
        String step = path.get(depth);
        int size = list.items().size();
        if (step.matches("\\d{1,9}")) {
            int index = Integer.parseInt(step);
            if (index >= size) {
                throw new DeadEnd("leads nowhere: " + where(depth) + " has "
                        + (size == 0
                                ? "no entry"
                                : size == 1 ? "one entry, 0" : size + " entries, 0 to " + (size - 1)));
            }
            return index;
        }
        List<String> ids = list.items().stream().map(Setting::id).toList();
        int first = ids.indexOf(step);
        if (first < 0) {
            List<String> known = ids.stream().filter(id -> !id.isEmpty()).toList();
            throw new DeadEnd(
                    "leads nowhere: " + where(depth) + " has no entry '" + step + "'" + NearestNames.hint(step, known));
        }
        if (first != ids.lastIndexOf(step)) {
            throw new DeadEnd("is ambiguous: " + where(depth) + " has several entries '" + step
                    + "'; give the number of one, from 0");
        }
        return first;
    }

    private static String id(YamlNode item) {
        YamlNode id = item instanceof YamlMapping mapping ? mapping.get("id").orElse(item) : item;
        return id instanceof YamlScalar scalar && scalar.isText() ? scalar.text() : "";
    }

    private String where(int depth) {
        return depth == 0 ? "the grid" : "'" + String.join(".", path.subList(0, depth)) + "'";
    }
}
