package org.rankgrid.data.yaml;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.rankgrid.data.yaml.YamlMapping.Entry;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/**
 * Builds the tree from the parser's events. Events, not the library's own nodes, because depth and expansion must be
 * bounded before they cost stack or memory.
 */
final class TreeBuilder {

    private static final int DEEPEST = 100;
    private static final int MOST_NODES = 100_000;
    private static final CoreScalarResolver CORE = new CoreScalarResolver(false);
    private static final Set<String> CORE_TAGS = Stream.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL)
            .map(Tag::getValue)
            .collect(toUnmodifiableSet());

    private final String name;
    private final boolean lines;
    private final Consumer<YamlProblem> problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private YamlPosition latest;

    /**
     * @param size nodes it expands to, itself included
     * @param height levels below it
     */
    private record Anchored(YamlNode node, int size, int height) {}

    /** A node together with the levels below it. */
    private record Built(YamlNode node, int height) {}

    /**
     * A builder for one text.
     *
     * @param name what problems stand in
     * @param lines whether positions have lines and columns
     * @param problems receives duplicate keys
     */
    TreeBuilder(String name, boolean lines, Consumer<YamlProblem> problems) {
        this.name = name;
        this.lines = lines;
        this.problems = problems;
        this.latest = YamlPosition.of(name);
    }

    YamlNode build(String text) {
        if (text.length() > YamlDocument.LARGEST) {
            throw YamlDocument.tooLarge(name);
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(YamlDocument.LARGEST)
                .build();
        try {
            return document(new Parse(settings).parseString(text).iterator());
        } catch (MarkedYamlEngineException e) {
            YamlPosition position = e.getProblemMark().map(this::position).orElse(YamlPosition.of(name));
            throw new YamlProblem(position, "is not YAML: " + explain(e)).exception();
        } catch (ReaderException e) {
            String before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
            YamlPosition position = lines ? YamlDocument.endOf(name, before) : YamlPosition.of(name);
            throw new YamlProblem(position, "character U+%04X is not allowed in YAML".formatted(e.getCodePoint()))
                    .exception();
        } catch (YamlEngineException e) {
            String message = oneLine(String.valueOf(e.getMessage()));
            throw new YamlProblem(YamlPosition.of(name), "is not YAML: " + message).exception();
        } catch (IllegalArgumentException e) {
            // The library converts the digits of an escape at the end of the text unchecked.
            throw new YamlProblem(latest, "is followed by a damaged escape: digits are missing after a backslash")
                    .exception();
        }
    }

    private YamlNode document(Iterator<Event> events) {
        events.next();
        Event event = events.next();
        if (event.getEventId() == ID.StreamEnd) {
            return new YamlScalar(position(event), ScalarType.NULL, "", Optional.empty());
        }
        YamlNode root = node(events.next(), events, 0).node();
        events.next();
        Event after = events.next();
        if (after.getEventId() != ID.StreamEnd) {
            throw new YamlProblem(position(after), "begins a second document; one file holds one").exception();
        }
        return root;
    }

    private Built node(Event event, Iterator<Event> events, int depth) {
        latest = position(event);
        if (depth > DEEPEST) {
            throw new YamlProblem(position(event), "is nested deeper than " + DEEPEST + " levels").exception();
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        int before = nodes;
        count(1, event);
        Built built = switch (event.getEventId()) {
            case Scalar -> new Built(scalar((ScalarEvent) event), 0);
            case SequenceStart -> sequence((CollectionStartEvent) event, events, depth);
            case MappingStart -> mapping((CollectionStartEvent) event, events, depth);
            default -> throw new IllegalStateException("a parser that is in order gives no " + event + " here");
        };
        int size = nodes - before;
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(built.node(), size, built.height())));
        return built;
    }

    /** An anchor is known only once its node is complete, so an alias to a node around itself is unknown too. */
    private Built alias(AliasEvent event, int depth) {
        String name = event.getAlias().getValue();
        Anchored target = anchors.get(name);
        if (target == null) {
            throw new YamlProblem(
                            position(event), "alias '*" + name + "' has no anchor '&" + name + "' that ends before it")
                    .exception();
        }
        count(target.size(), event);
        if (depth + target.height() > DEEPEST) {
            throw new YamlProblem(
                            position(event), "alias '*" + name + "' makes the file deeper than " + DEEPEST + " levels")
                    .exception();
        }
        return new Built(target.node(), target.height());
    }

    private void count(int more, Event event) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new YamlProblem(
                            position(event),
                            "is where the file, its aliases resolved, grows past " + MOST_NODES + " values")
                    .exception();
        }
    }

    private Built sequence(CollectionStartEvent start, Iterator<Event> events, int depth) {
        checkTag(start, Tag.SEQ);
        List<YamlNode> items = new ArrayList<>();
        int height = 0;
        for (Event event = events.next(); event.getEventId() != ID.SequenceEnd; event = events.next()) {
            Built item = node(event, events, depth + 1);
            items.add(item.node());
            height = Math.max(height, item.height() + 1);
        }
        return new Built(new YamlSequence(position(start), items), height);
    }

    private Built mapping(CollectionStartEvent start, Iterator<Event> events, int depth) {
        checkTag(start, Tag.MAP);
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        SequencedMap<String, Entry> merged = new LinkedHashMap<>();
        int height = 0;
        for (Event event = events.next(); event.getEventId() != ID.MappingEnd; event = events.next()) {
            boolean merge = event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getTag().isEmpty()
                    && scalar.getValue().equals("<<");
            if (!(node(event, events, depth + 1).node() instanceof YamlScalar key)) {
                throw new YamlProblem(position(event), "is a key that is a list or a mapping; keys are texts")
                        .exception();
            }
            Built value = node(events.next(), events, depth + 1);
            height = Math.max(height, value.height() + 1);
            if (merge) {
                merge(value.node(), merged, true);
                continue;
            }
            Entry first = entries.putIfAbsent(key.text(), new Entry(key, value.node()));
            if (first != null) {
                YamlPosition again = position(event);
                problems.accept(new YamlProblem(
                        again,
                        "key '" + key.text() + "' stands twice, first at "
                                + first.key().position() + "; remove one"));
            }
        }
        merged.forEach(entries::putIfAbsent);
        return new Built(new YamlMapping(position(start), entries), height);
    }

    /** Of several merged mappings the first that has a key gives its value. */
    private static void merge(YamlNode value, SequencedMap<String, Entry> merged, boolean listAllowed) {
        switch (value) {
            case YamlMapping mapping -> mapping.entries().forEach(merged::putIfAbsent);
            case YamlSequence list when listAllowed -> list.items().forEach(item -> merge(item, merged, false));
            default ->
                throw value.problem("'<<' merges mappings, but this is " + value.describe())
                        .exception();
        }
    }

    private YamlScalar scalar(ScalarEvent event) {
        String text = event.getValue();
        String tag = event.getTag().orElse("");
        YamlPosition position = position(event);
        if (tag.isEmpty()) {
            ScalarType type = event.isPlain() ? type(CORE.resolve(text, true)) : ScalarType.TEXT;
            return new YamlScalar(position, type, text, Optional.empty());
        }
        if (tag.equals("!")) {
            return YamlScalar.text(position, text);
        }
        ScalarType found = type(CORE.resolve(text, true));
        Optional<ScalarType> declared = CORE_TAGS.contains(tag) ? Optional.of(type(new Tag(tag))) : Optional.empty();
        if (declared.isEmpty()) {
            return new YamlScalar(position, ScalarType.TAGGED, text, Optional.of(shortTag(tag)));
        }
        boolean holds = declared.get() == ScalarType.TEXT
                || declared.get() == found
                || (declared.get() == ScalarType.REAL && found == ScalarType.WHOLE);
        if (!holds) {
            throw new YamlProblem(position, "'" + oneLine(text) + "' is not what its tag '" + shortTag(tag) + "' says")
                    .exception();
        }
        return new YamlScalar(position, declared.get(), text, Optional.empty());
    }

    private static ScalarType type(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return ScalarType.WHOLE;
        }
        if (tag.equals(Tag.FLOAT)) {
            return ScalarType.REAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return ScalarType.FLAG;
        }
        return tag.equals(Tag.NULL) ? ScalarType.NULL : ScalarType.TEXT;
    }

    private void checkTag(CollectionStartEvent start, Tag expected) {
        String tag = start.getTag().orElse("!");
        if (!tag.equals("!") && !tag.equals(expected.getValue())) {
            throw new YamlProblem(position(start), "has the tag '" + shortTag(tag) + "', which means nothing here")
                    .exception();
        }
    }

    private YamlPosition position(Event event) {
        return position(event.getStartMark().orElseThrow());
    }

    private YamlPosition position(Mark mark) {
        return lines ? new YamlPosition(name, mark.getLine() + 1, mark.getColumn() + 1) : YamlPosition.of(name);
    }

    private static String shortTag(String tag) {
        return tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
    }

    private static String explain(MarkedYamlEngineException e) {
        String problem = oneLine(String.valueOf(e.getProblem()));
        if (problem.contains("TAB")) {
            return "a tab stands where only spaces may; indent with spaces";
        }
        String context = e.getContext() == null ? "" : oneLine(e.getContext());
        return context.isEmpty() ? problem : problem + " (" + context + ")";
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
