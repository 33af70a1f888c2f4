package org.rankgrid.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.engine.plugin.ServiceScan.Found;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;
import org.rankgrid.spi.task.Task;
import org.rankgrid.spi.task.TaskProvider;

class TaskFilesTest {

    private static final Origin ORIGIN = new Origin("acme.Tasks", Optional.empty());

    private static final TaskFiles TASKS = new TaskFiles(
            new PluginSet<>(
                    PluginKind.TASK,
                    List.of(
                            new Discovered<>("piqa", new Plain("piqa"), ORIGIN),
                            new Discovered<>("arc_easy", new Plain("arc_easy"), ORIGIN))),
            List.of(new Found<>(List::of, ORIGIN), new Found<>(new FirstLine(), ORIGIN)));

    @TempDir
    Path folder;

    private record Plain(String id) implements Task {

        @Override
        public String summary() {
            return "Asks nothing.";
        }

        @Override
        public Questions questions(DataLibrary library, Options options) {
            throw new UnsupportedOperationException();
        }
    }

    /** The task whose id is the text of a YAML file. */
    private record FirstLine() implements TaskProvider {

        @Override
        public List<Task> tasks() {
            return List.of();
        }

        @Override
        public Optional<Task> read(Path file) {
            if (!file.toString().endsWith(".yaml")) {
                return Optional.empty();
            }
            try {
                String id = Files.readString(file).strip();
                if (id.isEmpty()) {
                    throw new InputException(file.getFileName() + ":1:1 names no task");
                }
                if (id.equals("crash")) {
                    throw new IllegalStateException("a fault of the provider");
                }
                return Optional.of(new Plain(id));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private String file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
        return name;
    }

    private void refused(String text, String sentence) {
        assertThatThrownBy(() -> TASKS.get(text, folder))
                .isInstanceOf(InputException.class)
                .hasMessage(sentence);
    }

    @Test
    void anIdIsThatTaskEvenWhereAFileHasItsName() throws IOException {
        file("piqa", "mine");
        TaskFiles.Named named = TASKS.get("piqa", folder);
        assertThat(named.task().id()).isEqualTo("piqa");
        assertThat(named.file()).isEmpty();
    }

    @Test
    void aFileIsItsTaskUnderTheTasksId() throws IOException {
        TaskFiles.Named named = TASKS.get(file("./tasks/mine.yaml", "my_task"), folder);
        assertThat(named.name()).isEqualTo("my_task");
        assertThat(named.task().id()).isEqualTo("my_task");
        assertThat(named.file()).contains(Path.of("tasks", "mine.yaml").toString());
        assertThat(TASKS.get(folder.resolve("tasks/mine.yaml").toString(), Path.of("/elsewhere"))
                        .name())
                .isEqualTo("my_task");
    }

    @Test
    void aFileWhoseIdIsTakenIsCalledByItsPath() throws IOException {
        TaskFiles.Named named = TASKS.get(file("./changed.yaml", "piqa"), folder);
        assertThat(named.name()).isEqualTo("changed.yaml");
        assertThat(named.task().id()).isEqualTo("piqa");
    }

    @Test
    void whatIsNotThereIsAnsweredWithTheNearestId() throws IOException {
        refused("piqaa", "there is no task 'piqaa' (did you mean 'piqa'?)");
        refused(
                "tasks/pika.yaml",
                "there is no task file " + folder.resolve("tasks/pika.yaml") + " (did you mean 'piqa'?)");
        refused("nothing.yml", "there is no task file " + folder.resolve("nothing.yml"));
        Files.createDirectories(folder.resolve("folder.yaml"));
        refused("folder.yaml", "there is no task file " + folder.resolve("folder.yaml") + ", it is a folder");
        refused("", "there is no task ''; known: piqa, arc_easy");
        assertThatThrownBy(() -> TASKS.get("a\0.yaml", folder)).isInstanceOf(InputException.class);
    }

    @Test
    void aFileThatIsNoTaskSaysWhy() throws IOException {
        refused(file("empty.yaml", ""), "empty.yaml:1:1 names no task");
        refused(
                file("notes.txt", "words"),
                "task file notes.txt: it is no file that a task can be read from, expected a .yaml file in the dialect of"
                        + " lm-evaluation-harness");
        refused(
                file("bad.yaml", "My Task"),
                "task file bad.yaml: the id 'My Task' is not made of lower-case letters, digits and single hyphens");
        assertThatThrownBy(() -> TASKS.get(file("crash.yaml", "crash"), folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("task file crash.yaml: class acme.Tasks (built in) fails when it reads it: ")
                .hasMessageContaining("a fault of the provider");
    }
}
