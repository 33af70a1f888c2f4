package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.Answer;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.DataSource;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Request;
import org.rankgrid.spi.task.Score;
import org.rankgrid.spi.task.StreamFacts;
import org.rankgrid.spi.task.Task;

class PreparedTaskTest {

    private int asked;

    @Test
    void aTaskIsTokenisedOnceAndOnlyWhenItsRequestsAreWanted() {
        PreparedTask task = prepared("1 2 3 4 5", 2);

        assertThat(task.name()).isEqualTo("numbers");
        assertThat(task.fingerprint()).isEqualTo(prepared("1 2 3 4 5", 2).fingerprint());
        assertThat(asked).isZero();

        assertThat(task.requests()).isSameAs(task.requests());
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithItsTextIsSaidWhenItsRequestsAreWanted() {
        PreparedTask task = prepared("1 2 3 4 5", 100);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(task::requests)
                .withMessageContaining("numbers");
    }

    private PreparedTask prepared(String text, int window) {
        TaskRun run =
                new TaskRun("numbers", new NumberTask(text, window), Options.defaults(List.of()), OptionalInt.empty());
        return PreparedTask.of(List.of(run), new NoData(), Numbers.WITH_BOS, 64).getFirst();
    }

    private final class NumberTask implements Task {

        private final String text;
        private final int window;

        NumberTask(String text, int window) {
            this.text = text;
            this.window = window;
        }

        @Override
        public String id() {
            return "numbers";
        }

        @Override
        public String summary() {
            return "Numbers.";
        }

        @Override
        public Questions questions(DataLibrary library, Options options) {
            return new Questions() {
                @Override
                public List<Request> requests() {
                    asked++;
                    return List.of(new Request.Passage(text, Request.Cut.CONCAT, window, Request.Bos.TOKENIZER));
                }

                @Override
                public String fingerprint() {
                    return text;
                }

                @Override
                public List<Score> scores(List<Answer> answers, StreamFacts facts) {
                    return List.of();
                }
            };
        }
    }

    private static final class NoData implements DataLibrary {

        @Override
        public List<String> documents(String name) {
            throw new IllegalStateException("nobody asks for " + name);
        }

        @Override
        public String fingerprint(String name) {
            throw new IllegalStateException("nobody asks for " + name);
        }

        @Override
        public DataSet dataSet(DataSource source) {
            throw new IllegalStateException("nobody asks for " + source);
        }
    }
}
