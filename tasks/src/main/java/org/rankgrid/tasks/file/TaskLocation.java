package org.rankgrid.tasks.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.rankgrid.data.IoReason;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.spi.InputException;

/** Where a task file stands: on disk, or in the catalogue. */
public sealed interface TaskLocation {

    /** The name of it for messages. */
    String name();

    /**
     * A file named relative to this one.
     *
     * @throws InputException if the name is no path
     */
    TaskLocation sibling(String relative);

    /**
     * The task files in its folder, itself among them, by name; of the catalogue, whose groups name every task, none.
     *
     * @throws InputException if the folder cannot be read
     */
    List<TaskLocation> folder();

    /** Whether there is such a file. */
    boolean exists();

    /**
     * Its text.
     *
     * @throws InputException if it cannot be read
     */
    String text();

    /**
     * The absolute path of a data file that is named relative to this one.
     *
     * @throws InputException if the name is no path
     */
    String dataPath(String relative);

    /** A file on disk. */
    record OnDisk(Path file) implements TaskLocation {

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public TaskLocation sibling(String relative) {
            return new OnDisk(resolve(relative));
        }

        @Override
        public List<TaskLocation> folder() {
            Path folder = resolve("");
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(path -> path.toString().endsWith(".yaml") && Files.isRegularFile(path))
                        .sorted()
                        .<TaskLocation>map(OnDisk::new)
                        .toList();
            } catch (IOException e) {
                throw new InputException(folder + " cannot be read: " + IoReason.of(e), e);
            }
        }

        @Override
        public boolean exists() {
            return Files.isRegularFile(file);
        }

        @Override
        public String text() {
            return YamlDocument.readText(file);
        }

        @Override
        public String dataPath(String relative) {
            return resolve(relative).toAbsolutePath().normalize().toString();
        }

        private Path resolve(String relative) {
            try {
                return file.resolveSibling(relative).normalize();
            } catch (InvalidPathException e) {
                throw new InputException(file + " names '" + relative + "', which is no path", e);
            }
        }
    }

    /** A file that comes with rankgrid, named within the catalogue. */
    record InCatalogue(String file) implements TaskLocation {

        private static final String CATALOGUE = "/org/rankgrid/tasks/catalogue/";

        @Override
        public String name() {
            return "catalogue/" + file;
        }

        @Override
        public TaskLocation sibling(String relative) {
            return new InCatalogue(file.substring(0, file.lastIndexOf('/') + 1) + relative);
        }

        @Override
        public List<TaskLocation> folder() {
            return List.of();
        }

        @Override
        public boolean exists() {
            return TaskLocation.class.getResource(CATALOGUE + file) != null;
        }

        @Override
        public String text() {
            try (InputStream in = TaskLocation.class.getResourceAsStream(CATALOGUE + file)) {
                if (in == null) {
                    throw new IllegalStateException("the catalogue has no " + file);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String dataPath(String relative) {
            throw new IllegalStateException(name() + " brings no data of its own");
        }
    }
}
