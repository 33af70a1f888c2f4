package org.rankgrid.model.weights;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.compute.RowSource;

/** The tensors of one safetensors file, or of all the files of a sharded checkpoint. */
public final class SafetensorsWeights implements Weights {

    private static final String SINGLE = "model.safetensors";

    private final Path path;
    private final Optional<Path> index;
    private final SequencedMap<String, SafetensorsFile> shards;
    private final SequencedMap<String, SafetensorsFile> holders = new LinkedHashMap<>();
    private final Fingerprints fingerprints;
    private @Nullable String fingerprint;

    private SafetensorsWeights(
            Path path, Optional<Path> index, SequencedMap<String, SafetensorsFile> shards, Fingerprints fingerprints) {
        this.path = path;
        this.index = index;
        this.shards = shards;
        this.fingerprints = fingerprints;
    }

    /** Opens weights as {@link #open(Path, Fingerprints)} does, without remembering the fingerprint. */
    public static SafetensorsWeights open(Path path) {
        return open(path, Fingerprints.unremembered());
    }

    /**
     * Opens a safetensors file, or a folder that holds {@code model.safetensors}, or {@code model.safetensors.index.json} and
     * its shards, or just some {@code .safetensors} files; looked for in this order.
     *
     * @throws InputException if there are none, one is damaged, a shard is missing, or two files hold the same tensor
     */
    public static SafetensorsWeights open(Path path, Fingerprints fingerprints) {
        if (!Files.isDirectory(path)) {
            return open(path, List.of(path), Optional.empty(), fingerprints);
        }
        Path single = path.resolve(SINGLE);
        if (Files.exists(single)) {
            return open(path, List.of(single), Optional.empty(), fingerprints);
        }
        Path index = path.resolve(ShardIndex.FILE_NAME);
        if (Files.exists(index)) {
            return openIndexed(path, index, fingerprints);
        }
        List<Path> files = list(path);
        if (files.isEmpty()) {
            throw new InputException(path + " holds no .safetensors file, expected " + SINGLE + ", or "
                    + ShardIndex.FILE_NAME
                    + " with its shards; convert the model to safetensors, or give the path of a .gguf file.");
        }
        return open(path, files, Optional.empty(), fingerprints);
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(holders.sequencedKeySet());
    }

    @Override
    public int[] shape(String name) {
        return holder(name).shape(name);
    }

    @Override
    public RowSource rows(String name) {
        return holder(name).rows(name);
    }

    /**
     * SHA-256 in hex: of the file if it is one; else of a list, sorted by name, of the hashes and names of all files and the
     * index, in the form of {@code sha256sum}.
     */
    @Override
    public synchronized String fingerprint() {
        if (fingerprint == null) {
            fingerprint = shards.size() == 1 && index.isEmpty()
                    ? fingerprints.of(shards.firstEntry().getValue().mapped())
                    : Fingerprints.of(listing());
        }
        return fingerprint;
    }

    @Override
    public void close() {
        closeAll(shards.values());
    }

    private static SafetensorsWeights openIndexed(Path folder, Path index, Fingerprints fingerprints) {
        Map<String, String> shardNames = ShardIndex.read(index);
        List<Path> files = new ArrayList<>();
        for (String shard : new TreeSet<>(shardNames.values())) {
            Path file = folder.resolve(shard);
            if (!Files.exists(file)) {
                throw new InputException(index + " names the file " + Quoted.of(shard)
                        + ", which is not in the folder; get it, or the whole model again.");
            }
            files.add(file);
        }
        SafetensorsWeights weights = open(folder, files, Optional.of(index), fingerprints);
        try {
            weights.checkAgainst(shardNames);
            return weights;
        } catch (InputException e) {
            weights.close();
            throw e;
        }
    }

    private static SafetensorsWeights open(
            Path path, List<Path> files, Optional<Path> index, Fingerprints fingerprints) {
        SequencedMap<String, SafetensorsFile> shards = new LinkedHashMap<>();
        try {
            for (Path file : files) {
                shards.put(String.valueOf(file.getFileName()), SafetensorsFile.open(file));
            }
            SafetensorsWeights weights = new SafetensorsWeights(path, index, shards, fingerprints);
            weights.holdTensors();
            return weights;
        } catch (InputException e) {
            closeAll(shards.values());
            throw e;
        }
    }

    private void holdTensors() {
        for (SafetensorsFile shard : shards.values()) {
            for (String name : shard.names()) {
                SafetensorsFile other = holders.put(name, shard);
                if (other != null) {
                    throw shard.mapped()
                            .error("holds the tensor " + Quoted.of(name) + ", and so does "
                                    + other.mapped().path().getFileName()
                                    + ", expected it in one file; remove the file that does not belong to the model");
                }
            }
        }
    }

    private void checkAgainst(Map<String, String> shardNames) {
        shardNames.forEach((tensor, shard) -> {
            if (holders.get(tensor) != shards.get(shard)) {
                throw new InputException(path.resolve(ShardIndex.FILE_NAME) + " says that " + Quoted.of(shard)
                        + " holds the tensor " + Quoted.of(tensor) + ", but it does not; get both files again.");
            }
        });
    }

    private String listing() {
        Map<String, String> hashes = new TreeMap<>();
        shards.forEach((name, file) -> hashes.put(name, fingerprints.of(file.mapped())));
        index.ifPresent(file -> hashes.put(ShardIndex.FILE_NAME, fingerprints.of(file)));
        StringBuilder listing = new StringBuilder();
        hashes.forEach(
                (name, hash) -> listing.append(hash).append("  ").append(name).append('\n'));
        return listing.toString();
    }

    private SafetensorsFile holder(String name) {
        SafetensorsFile holder = holders.get(name);
        if (holder == null) {
            throw new InputException(
                    path + ": has no tensor " + Quoted.of(name) + NearestNames.hint(name, holders.keySet()) + ".");
        }
        return holder;
    }

    private static List<Path> list(Path folder) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.safetensors")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new InputException(folder + " cannot be read (" + IoReason.of(e) + "); check the folder.", e);
        }
        Collections.sort(files);
        return files;
    }

    private static void closeAll(Collection<SafetensorsFile> files) {
        files.forEach(SafetensorsFile::close);
    }
}
