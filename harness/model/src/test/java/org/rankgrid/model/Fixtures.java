package org.rankgrid.model;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.rankgrid.model.decoder.DecoderSpec;
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

    /** The configuration of a model. */
    public static Config config(String family) {
        return Config.read(folder(family).resolve("config.json"));
    }

    /** A configuration from its text. */
    public static Config parse(String json) {
        return Config.parse("config.json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** The weights of a model, in memory. */
    public static MemoryWeights weights(String family) {
        return MemoryWeights.read(folder(family).resolve("model.safetensors"));
    }

    /** A model in memory. */
    public static Checkpoint open(String family) {
        return open(config(family), weights(family));
    }

    /** A configuration over weights. */
    public static Checkpoint open(Config config, Weights weights) {
        Family family = Families.of(config);
        DecoderSpec spec = family.describe(config);
        return new Checkpoint("fixture", spec, family.names(spec), weights, () -> {
            throw new IllegalStateException("no tokenizer");
        });
    }
}
