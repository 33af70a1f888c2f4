package org.rankgrid.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rankgrid.data.Environment;
import org.rankgrid.data.corpus.CorpusLibrary;
import org.rankgrid.data.hub.HubCache;
import org.rankgrid.data.model.ModelStore;
import org.rankgrid.engine.cache.Cache;
import org.rankgrid.engine.grid.Names;
import org.rankgrid.engine.plugin.Discovered;
import org.rankgrid.engine.plugin.Plugins;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.weights.Fingerprints;
import org.rankgrid.spi.InputException;

/**
 * What is there to work with: plugins, models, corpora, data sets and the cache.
 *
 * @param plugins everything discovered
 * @param models models by name
 * @param corpora corpora and data sets by name
 * @param cache calibrations and decompositions
 * @param fingerprints remembered hashes of weights
 * @param tokenizers those of models opened so far
 */
public record Installation(
        Plugins plugins,
        ModelStore models,
        CorpusLibrary corpora,
        Cache cache,
        Fingerprints fingerprints,
        OpenTokenizers tokenizers) {

    /**
     * Looks around.
     *
     * @param environment variables and home of the process
     * @param base what relative paths are relative to: the folder of the grid; {@code plugins/} in it is loaded
     * @param cache folder named on the command line
     * @param data folder named on the command line
     * @param pluginFolders folders named on the command line
     */
    public static Installation of(
            Environment environment, Path base, Optional<Path> cache, Optional<Path> data, List<Path> pluginFolders) {
        Path folder = environment.cacheFolder(cache);
        Plugins plugins = Plugins.discover(
                Plugins.folders(Optional.of(base.resolve("grid.yaml")), environment.variables(), pluginFolders));
        return new Installation(
                plugins,
                new ModelStore(folder, base, environment),
                new CorpusLibrary(
                        environment.dataFolder(data),
                        base,
                        HubCache.of(environment),
                        plugins.tables().all().stream().map(Discovered::plugin).toList()),
                new Cache(folder),
                Fingerprints.rememberedIn(folder),
                new OpenTokenizers(plugins.tokenizers()));
    }

    /** The models and corpora a grid may name. */
    public Names names() {
        return Names.lookingUp(models::resolve, corpora::corpus);
    }

    /**
     * Opens a model with its tokenizer.
     *
     * @param model a short name, a path or a hub id
     * @throws InputException if it is missing, damaged or of a kind that is not known
     */
    public Checkpoint open(String model) {
        Path path = models.resolve(model);
        models.sha256(model).ifPresent(expected -> requireIntact(model, path, expected));
        return Checkpoint.open(model, path, fingerprints, () -> tokenizers.of(model, path));
    }

    private void requireIntact(String model, Path file, String expected) {
        String found = fingerprints.of(file);
        if (!found.equals(expected)) {
            throw new InputException("model " + model + ": " + file + " is damaged, its sha256 is " + found
                    + ", expected " + expected + ": delete it and run 'rankgrid models pull " + model + "'");
        }
    }
}
