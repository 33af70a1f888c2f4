package org.rankgrid.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.data.IoReason;
import org.rankgrid.results.cell.Item;
import org.rankgrid.results.cell.ItemLog;
import org.rankgrid.spi.InputException;

/**
 * The file of {@code --items}, if there is to be one. It is begun before the work, so that a place that cannot be written is
 * found out then, and has its name only when it is whole.
 */
final class ItemsFile implements AutoCloseable {

    private final Optional<Path> file;

    private ItemsFile(Optional<Path> file) {
        this.file = file;
    }

    /**
     * Begins a file.
     *
     * @param path where it will be; null for none
     * @throws InputException if it cannot be written
     */
    static ItemsFile at(@Nullable Path path) {
        ItemsFile items = new ItemsFile(Optional.ofNullable(path));
        items.file.ifPresent(file -> {
            if (Files.isDirectory(file)) {
                throw new InputException("--items " + file + " is a folder, where a file was expected");
            }
            try {
                Files.writeString(growing(file), "");
            } catch (IOException failure) {
                throw unwritable(file, failure);
            }
        });
        return items;
    }

    /**
     * Writes the items, one JSON line each.
     *
     * @throws InputException if the file cannot be written
     */
    void write(List<Item> items) {
        if (file.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        items.forEach(item -> lines.append(ItemLog.line(item)));
        try {
            Files.writeString(growing(file.get()), lines);
            Files.move(
                    growing(file.get()),
                    file.get(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw unwritable(file.get(), failure);
        }
    }

    /** Leaves nothing half done behind. */
    @Override
    public void close() {
        file.ifPresent(path -> {
            try {
                Files.deleteIfExists(growing(path));
            } catch (IOException failure) {
                throw unwritable(path, failure);
            }
        });
    }

    private static Path growing(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static InputException unwritable(Path file, IOException failure) {
        return new InputException(
                "--items " + file + " cannot be written (" + IoReason.of(failure)
                        + "): name a file in a folder that can",
                failure);
    }
}
