package org.rankgrid.engine.grid;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.rankgrid.spi.Plugin;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.FileContent;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What determines the weights of a cell, as JSON text of one form only: the one place where it is put together. Tasks are
 * no part of it, so that a new task rescores cells without making new ones; neither are names of models and corpora, only
 * their contents.
 */
final class CellIdentity {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Fingerprints fingerprints;
    private final Map<String, String> models = new HashMap<>();
    private final Map<String, String> corpora = new HashMap<>();

    /** Identities with these fingerprints of what a grid names, each asked for once. */
    CellIdentity(Fingerprints fingerprints) {
        this.fingerprints = fingerprints;
    }

    /** The identity of a dense model. */
    String dense(String model) {
        return JSON.objectNode()
                .put("model", models.computeIfAbsent(model, fingerprints::model))
                .toString();
    }

    /** The identity of a compressed model. */
    String compressed(String model, Compression compression) {
        ObjectNode identity = JSON.objectNode().put("model", models.computeIfAbsent(model, fingerprints::model));
        put(identity.putObject("calibration"), compression.calibration().sample(), compression.seed())
                .put("groups", compression.calibration().groups());
        compression.validation().ifPresent(sample -> put(identity.putObject("validation"), sample, compression.seed()));
        identity.set("factorization", plugin(compression.factorization()));
        identity.set("allocator", plugin(compression.allocator()));
        compression.ratio().map(BigDecimal::toPlainString).ifPresent(ratio -> identity.put("ratio", ratio));
        identity.put("seed", compression.seed());
        compression.layers().patterns().forEach(identity.putArray("exclude")::add);
        identity.put("decompositions", fingerprints.decompositions());
        identity.put("stages", fingerprints.stages());
        Map<Need, String> oracles = new TreeMap<>();
        compression.needs().forEach(need -> fingerprints.oracle(need).ifPresent(version -> oracles.put(need, version)));
        if (!oracles.isEmpty()) {
            identity.put("oracles", String.join(" ", oracles.values()));
        }
        return identity.toString();
    }

    /** SHA-256 of an identity, in hex. */
    static String hash(String identity) {
        return Sha256.of(identity);
    }

    private ObjectNode put(ObjectNode node, TextSample sample, long cellSeed) {
        return node.put("corpus", corpora.computeIfAbsent(sample.corpus(), fingerprints::corpus))
                .put("sequences", sample.sequences())
                .put("length", sample.length())
                .put("seed", sample.seed(cellSeed));
    }

    private static <P extends Plugin> ObjectNode plugin(PluginChoice<P> choice) {
        ObjectNode node = JSON.objectNode()
                .put("id", choice.id())
                .put("version", choice.plugin().version());
        ObjectNode options = node.putObject("options");
        for (Map.Entry<String, Object> option : new TreeMap<>(choice.options().asMap()).entrySet()) {
            String name = option.getKey();
            switch (option.getValue()) {
                case Long whole -> options.put(name, whole);
                case Double real -> options.put(name, real);
                case Boolean flag -> options.put(name, flag);
                case AllocatorReference reference
                when reference.isPresent() ->
                    options.set(name, plugin(choice.start().orElseThrow()));
                case FileContent file -> options.put(name, "sha256:" + file.sha256());
                default -> options.put(name, String.valueOf(option.getValue()));
            }
        }
        return node;
    }
}
