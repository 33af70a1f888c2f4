package org.rankgrid.model.family;

import java.util.List;
import java.util.Map;
import org.rankgrid.spi.compute.Activation;

/** The names that configurations use for activation functions. */
final class ActivationNames {

    private static final List<Map.Entry<String, Activation>> ALL = List.of(
            Map.entry("silu", Activation.SILU),
            Map.entry("swish", Activation.SILU),
            Map.entry("gelu", Activation.GELU),
            Map.entry("gelu_new", Activation.GELU_TANH),
            Map.entry("gelu_pytorch_tanh", Activation.GELU_TANH),
            Map.entry("relu", Activation.RELU));

    private ActivationNames() {}

    /** The function that the key names, or that it has where the key is absent. */
    static Activation read(Config config, String key, Activation absent) {
        return config.has(key) ? config.choice(key, ALL, Map.Entry::getKey).getValue() : absent;
    }
}
