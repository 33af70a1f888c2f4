package org.rankgrid.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rankgrid.results.store.RunDirectory;

/** The folder inside a run directory where processes leave what they have computed; gone when they are. */
final class WorkerFolder implements AutoCloseable {

    private static final String NAME = ".workers";

    private final Path folder;

    private WorkerFolder(Path folder) {
        this.folder = folder;
    }

    /** An empty one; what a run that was killed left in it is deleted. */
    static WorkerFolder in(RunDirectory directory) {
        WorkerFolder made = new WorkerFolder(directory.root().resolve(NAME));
        made.close();
        return made;
    }

    /** The folder of one of the processes. */
    Path of(int number) {
        return folder.resolve(String.valueOf(number));
    }

    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + folder, failure);
        }
    }
}
