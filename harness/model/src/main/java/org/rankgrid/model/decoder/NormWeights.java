package org.rankgrid.model.decoder;

import java.util.Optional;

/**
 * The values of a norm as they are used, {@link NormSpec#offset} added.
 *
 * @param weight one a feature
 * @param bias one a feature, for layer norms
 */
public record NormWeights(float[] weight, Optional<float[]> bias) {}
