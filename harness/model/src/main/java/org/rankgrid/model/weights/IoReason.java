package org.rankgrid.model.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the file system refused, in words: some exceptions carry a path as their whole message. */
final class IoReason {

    private IoReason() {}

    /** The reason, to stand in brackets. */
    static String of(IOException refusal) {
        String reason = switch (refusal) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> refusal.getMessage();
        };
        return reason == null ? refusal.getClass().getSimpleName() : Quoted.plain(reason);
    }
}
