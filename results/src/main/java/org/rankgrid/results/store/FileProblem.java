package org.rankgrid.results.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.rankgrid.spi.InputException;

/** Says in a sentence why a file could not be used and what to do about it. */
final class FileProblem {

    private FileProblem() {}

    static InputException reading(Path path, IOException cause) {
        return of(path, "read", cause);
    }

    static InputException writing(Path path, IOException cause) {
        return of(path, "written", cause);
    }

    private static InputException of(Path path, String done, IOException cause) {
        return new InputException(path + " could not be " + done + ": " + reason(path, cause), cause);
    }

    private static String reason(Path path, IOException cause) {
        String said = said(cause);
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space")) {
            return "the disk is full; free some space and run again, finished cells are kept";
        }
        if (lower.contains("quota exceeded")) {
            return "your disk quota is used up; free some space and run again, finished cells are kept";
        }
        if (lower.contains("read-only file system")) {
            return "the file system is read-only; choose another folder";
        }
        return switch (cause) {
            case AccessDeniedException e -> "permission denied; change the permissions of the folder or choose another";
            case FileAlreadyExistsException e -> e.getFile() + " is a file, but a folder was expected; choose another";
            case NoSuchFileException e when path.toString().equals(e.getFile()) -> "there is no such file";
            case NoSuchFileException e -> e.getFile() + " does not exist";
            default -> said;
        };
    }

    private static String said(IOException cause) {
        String said = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return said == null ? cause.getClass().getSimpleName() : said;
    }
}
