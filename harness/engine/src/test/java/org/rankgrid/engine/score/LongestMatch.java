package org.rankgrid.engine.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.rankgrid.spi.text.Tokenizer;

/**
 * Takes the longest of a few tokens that a text goes on with, else one character: tokens join context and continuation, and
 * special ones are recognised in a text.
 *
 * @param addsBos whether there is a BOS, and it stands in front; else there is an EOS alone
 */
record LongestMatch(boolean addsBos) implements Tokenizer {

    private static final List<String> VOCABULARY = List.of("<s>", "</s>", "ab", " b", "Question");

    @Override
    public int[] encode(String text, boolean addSpecialTokens) {
        List<Integer> ids = new ArrayList<>();
        if (addSpecialTokens && addsBos) {
            ids.add(0);
        }
        int at = 0;
        while (at < text.length()) {
            String rest = text.substring(at);
            String token = VOCABULARY.stream()
                    .filter(rest::startsWith)
                    .max(Comparator.comparingInt(String::length))
                    .orElse(rest.substring(0, 1));
            int id = VOCABULARY.indexOf(token);
            int character = rest.charAt(0);
            ids.add(id >= 0 ? id : character < 1000 ? 100 + character : 99);
            at += token.length();
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String decode(int[] ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int vocabularySize() {
        return 1100;
    }

    @Override
    public OptionalInt bos() {
        return addsBos ? OptionalInt.of(0) : OptionalInt.empty();
    }

    @Override
    public OptionalInt eos() {
        return OptionalInt.of(1);
    }

    @Override
    public String fingerprint() {
        return "longest match";
    }
}
