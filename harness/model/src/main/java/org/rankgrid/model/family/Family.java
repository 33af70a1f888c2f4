package org.rankgrid.model.family;

import org.rankgrid.model.decoder.DecoderSpec;

/**
 * A family of models that share an architecture: a mapping, not a forward pass. It is found in {@link Families#ALL}.
 */
public interface Family {

    /** What {@code model_type} says in the family's configurations. */
    String id();

    /**
     * Describes a model.
     *
     * @param config its {@code config.json}
     * @throws org.rankgrid.spi.InputException if a value is missing, out of range or not supported
     */
    DecoderSpec describe(Config config);

    /** Where the family's checkpoints keep the tensors of a model. */
    TensorNames names(DecoderSpec spec);
}
