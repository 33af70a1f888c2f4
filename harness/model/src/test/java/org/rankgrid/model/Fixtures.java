package org.rankgrid.model;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.rankgrid.model.family.Config;
import org.rankgrid.model.family.Families;
import org.rankgrid.model.family.Family;
import org.rankgrid.model.weights.Weights;

/** The small models under {@code src/test/resources/families}. */
public final class Fixtures {

    private Fixtures() {}

    /** The folder of a model. */
    public static Path folder(String family) {
        try {
            URL url = Objects.requireNonNull(Fixtures.class.getResource("/families/" + family));
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(family, e);
        }
    }

    /** A model with one of its configurations. */
    public static Checkpoint open(Path folder, String config) {
        return open(Config.read(folder.resolve(config)), weights(folder));
    }

    /** A configuration over weights. */
    public static Checkpoint open(Config config, Weights weights) {
        Family family = Families.of(config);
        var spec = family.describe(config);
        return new Checkpoint("fixture", spec, family.names(spec), weights, () -> {
            throw new IllegalStateException("no tokenizer");
        });
    }

    /** The weights of a model, in memory. */
    public static MemoryWeights weights(Path folder) {
        try {
            return MemoryWeights.read(folder.resolve("model.safetensors"));
        } catch (IOException e) {
            throw new IllegalArgumentException(folder.toString(), e);
        }
    }
}
