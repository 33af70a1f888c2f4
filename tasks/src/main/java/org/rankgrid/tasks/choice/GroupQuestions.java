package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Verdict;

/** The questions of all tasks of a group: their scores, and before them those of the groups. */
final class GroupQuestions implements Questions {

    private final List<GroupTask> groups;
    private final SequencedMap<String, ChoiceQuestions> leaves = new LinkedHashMap<>();

    /**
     * The questions of a group.
     *
     * @param groups the group and those in it
     * @param leaves the questions of its tasks
     */
    GroupQuestions(List<GroupTask> groups, List<ChoiceQuestions> leaves) {
        this.groups = List.copyOf(groups);
        leaves.forEach(leaf -> this.leaves.put(leaf.id(), leaf));
    }

    @Override
    public List<Request> requests() {
        return leaves.values().stream()
                .flatMap(leaf -> leaf.requests().stream())
                .toList();
    }

    @Override
    public String fingerprint() {
        return "group:"
                + Sha256.of(Stream.concat(
                                groups.stream().map(group -> group.definition().toString()),
                                leaves.values().stream().map(ChoiceQuestions::fingerprint))
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public Verdict verdict(Answer.Choices answer) {
        ChoiceQuestions leaf = leaves.get(answer.task());
        if (leaf == null) {
            throw new IllegalArgumentException("there is no item " + answer.index() + " of " + answer.task());
        }
        return leaf.verdict(answer);
    }

    @Override
    public List<Score> scores(List<Answer> answers, StreamFacts facts) {
        SequencedMap<String, List<Answer>> byTask = new LinkedHashMap<>();
        for (Answer answer : answers) {
            byTask.computeIfAbsent(((Answer.Choices) answer).task(), _ -> new ArrayList<>())
                    .add(answer);
        }
        // How many contexts were cut is known of all tasks together only.
        StreamFacts ofLeaf = new StreamFacts(facts.tokens(), facts.bos(), facts.limited(), 0);
        SequencedMap<String, List<Score>> ofLeaves = new LinkedHashMap<>();
        leaves.forEach((id, leaf) -> ofLeaves.put(id, leaf.scores(byTask.getOrDefault(id, List.of()), ofLeaf)));
        List<Score> scores = new ArrayList<>();
        for (GroupTask group : groups) {
            scores.addAll(pooled(group, ofLeaves, facts));
        }
        ofLeaves.values().forEach(scores::addAll);
        return scores;
    }

    private static List<Score> pooled(GroupTask group, SequencedMap<String, List<Score>> ofLeaves, StreamFacts facts) {
        Set<String> members = group.leaves().stream().map(ChoiceTask::id).collect(Collectors.toSet());
        List<Score> scores = new ArrayList<>();
        for (GroupDefinition.Pooled pooled : group.definition().pooled()) {
            List<Score> parts = ofLeaves.sequencedEntrySet().stream()
                    .filter(entry -> members.contains(entry.getKey()))
                    .flatMap(entry -> entry.getValue().stream())
                    .filter(score -> score.metric().equals(pooled.metric()))
                    .toList();
            if (!parts.isEmpty()) {
                Pool pool = Pool.of(parts, pooled.bySize());
                scores.add(new Score(
                        group.id(),
                        pooled.metric(),
                        pool.value(),
                        pool.error(),
                        pool.n(),
                        protocol(group, parts, facts)));
            }
        }
        return scores;
    }

    private static SequencedMap<String, Object> protocol(GroupTask group, List<Score> parts, StreamFacts facts) {
        SequencedMap<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("name", "choices");
        unanimous(parts, "shots", protocol);
        protocol.put("bos", facts.bos());
        protocol.put("version", group.version());
        protocol.put("tasks", (long) parts.size());
        protocol.put(
                "data",
                Sha256.of(parts.stream()
                                .map(part -> String.valueOf(part.protocol().get("data")))
                                .collect(Collectors.joining("\n")))
                        .substring(0, ChoiceQuestions.SHOWN_DIGITS));
        protocol.put(
                "items",
                parts.stream()
                        .mapToLong(part -> ((Number) part.protocol().getOrDefault("items", 0L)).longValue())
                        .sum());
        any(parts, "limited", protocol);
        if (facts.truncated() > 0) {
            protocol.put("truncated", (long) facts.truncated());
        }
        any(parts, "unverified", protocol);
        return protocol;
    }

    private static void unanimous(List<Score> parts, String key, SequencedMap<String, Object> protocol) {
        Set<Object> values = parts.stream()
                .map(part -> part.protocol().getOrDefault(key, ""))
                .collect(Collectors.toSet());
        protocol.put(key, values.size() == 1 ? values.iterator().next() : "mixed");
    }

    private static void any(List<Score> parts, String key, SequencedMap<String, Object> protocol) {
        if (parts.stream().anyMatch(part -> part.protocol().containsKey(key))) {
            protocol.put(key, true);
        }
    }

    /**
     * Scores pooled as lm-evaluation-harness does.
     *
     * @param value the mean of the values, weighted by n or plain
     * @param error weighted: the root of the pooled variance (the sum of (n - 1) n e^2 over N minus the number of parts) over
     *     sqrt(N); plain: the root of the summed squares over the number of parts; empty where a part has none
     * @param n items of all parts
     */
    record Pool(double value, OptionalDouble error, int n) {

        static Pool of(List<Score> parts, boolean bySize) {
            int n = 0;
            double weights = 0;
            double sum = 0;
            double variance = 0;
            boolean known = true;
            for (Score part : parts) {
                double weight = bySize ? part.n() : 1;
                n += part.n();
                weights += weight;
                sum += part.value() * weight;
                known &= part.stderr().isPresent();
                double error = part.stderr().orElse(0);
                variance += bySize ? (part.n() - 1) * error * error * part.n() : error * error;
            }
            double error = bySize ? Math.sqrt(variance / (n - parts.size()) / n) : Math.sqrt(variance) / parts.size();
            return new Pool(sum / weights, known ? OptionalDouble.of(error) : OptionalDouble.empty(), n);
        }
    }
}
