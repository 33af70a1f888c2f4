package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.Verdict;

/** A made-up group of two choice tasks: which ending a story has, and which beginning. */
final class StoryQuestions implements Task {

    private static final List<String> STORIES = List.of(
            "Once upon a time, there was a little girl named Lily. She loved to play outside.",
            "Tom had a red ball. One day, the ball rolled into the big, dark forest and Tom was very sad.",
            "The cat and the dog were friends.",
            "Mia's mom said, \"Let's go to the park!\" Mia was so happy that she jumped up and down. ",
            "A bird sat in a tree.");

    private static final List<String> ENDINGS =
            List.of(" They lived happily ever after.", " The end", " He ran.", " Once upon a time, there was a");

    @Override
    public String id() {
        return "stories";
    }

    @Override
    public String summary() {
        return "Endings and beginnings of stories.";
    }

    @Override
    public Questions questions(DataLibrary library, Options options) {
        return new Questions() {
            @Override
            public List<Request> requests() {
                return StoryQuestions.requests();
            }

            @Override
            public String fingerprint() {
                return "stories";
            }

            @Override
            public Verdict verdict(Answer.Choices answer) {
                LinkedHashMap<String, Double> metrics = new LinkedHashMap<>();
                metrics.put("acc", correct(answer));
                return new Verdict(0, metrics);
            }

            @Override
            public List<Score> scores(List<Answer> answers, StreamFacts facts) {
                return List.of(
                        score("stories", answers, facts),
                        score("stories_end", answers, facts),
                        score("stories_begin", answers, facts));
            }
        };
    }

    /** The items: endings share a context, beginnings share nothing but the BOS. */
    static List<Request> requests() {
        List<Request> items = new ArrayList<>();
        for (int i = 0; i < STORIES.size(); i++) {
            String story = STORIES.get(i);
            items.add(new Request.Choices(
                    "stories_end",
                    i,
                    "stories, line " + i,
                    ENDINGS.subList(0, 2 + i % 3).stream()
                            .map(ending -> new Request.Continuation(story, ending))
                            .toList(),
                    Request.Bos.TOKENIZER));
        }
        for (int i = 0; i < STORIES.size(); i++) {
            String story = STORIES.get(i);
            items.add(new Request.Choices(
                    "stories_begin",
                    i,
                    "stories, line " + i,
                    List.of("The big dog.", "A", "She said no, and then she said yes.").stream()
                            .map(beginning -> new Request.Continuation(beginning, " " + story))
                            .toList(),
                    Request.Bos.TOKENIZER));
        }
        return items;
    }

    private static Score score(String task, List<Answer> answers, StreamFacts facts) {
        double[] correct = answers.stream()
                .map(Answer.Choices.class::cast)
                .filter(answer -> task.equals("stories") || answer.task().equals(task))
                .mapToDouble(StoryQuestions::correct)
                .toArray();
        LinkedHashMap<String, Object> protocol = new LinkedHashMap<>();
        protocol.put("bos", facts.bos());
        double sum = 0;
        for (double value : correct) {
            sum += value;
        }
        return new Score(task, "acc", sum / correct.length, OptionalDouble.empty(), correct.length, protocol);
    }

    private static double correct(Answer.Choices answer) {
        double first = answer.likelihoods().getFirst().sum();
        return answer.likelihoods().stream().allMatch(other -> other.sum() <= first) ? 1 : 0;
    }
}
