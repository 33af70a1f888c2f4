package org.rankgrid.spi.task;

/**
 * What the engine found when it tokenised a task's requests.
 *
 * @param tokens tokens of all streams before windows were cut
 * @param bos {@code none} or {@code tokenizer}: whether the tokenizer's BOS stands in front
 * @param limited whether only the first of the items were scored
 * @param truncated continuations whose context was cut on the left, as the model takes no more tokens
 */
public record StreamFacts(long tokens, String bos, boolean limited, int truncated) {}
