package org.rankgrid.spi.text;

import java.util.OptionalInt;

/** Turns text into token ids and back. Safe for use by several threads at once. */
public interface Tokenizer {

    /**
     * The ids of a text.
     *
     * @param text any text; the whole of it is encoded, never cut
     * @param addSpecialTokens whether the tokens a model expects around a text (usually one BOS in front) are added
     */
    int[] encode(String text, boolean addSpecialTokens);

    /** The text of some ids, special tokens left out. */
    String decode(int[] ids);

    /** Number of ids. */
    int vocabularySize();

    /** The beginning-of-text token, if there is one. */
    OptionalInt bos();

    /** The end-of-text token, if there is one. */
    OptionalInt eos();

    /** Whether {@code encode(text, true)} puts a BOS in front. */
    boolean addsBos();

    /** A hash of everything that decides the ids: part of the identity of every token stream. */
    String fingerprint();
}
