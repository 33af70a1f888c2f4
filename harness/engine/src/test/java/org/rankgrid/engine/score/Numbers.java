package org.rankgrid.engine.score;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.rankgrid.spi.text.Tokenizer;

/** Every number between spaces is its own token. */
record Numbers(OptionalInt bos, OptionalInt eos, boolean addsBos) implements Tokenizer {

    /** The BOS is 0, and stands in front. */
    static final Numbers WITH_BOS = new Numbers(OptionalInt.of(0), OptionalInt.empty(), true);

    /** There is an EOS, 99, and nothing stands in front. */
    static final Numbers WITH_EOS = new Numbers(OptionalInt.empty(), OptionalInt.of(99), false);

    @Override
    public int[] encode(String text, boolean addSpecialTokens) {
        IntStream words = text.isBlank()
                ? IntStream.empty()
                : Arrays.stream(text.trim().split(" +")).mapToInt(Integer::parseInt);
        return IntStream.concat(addSpecialTokens && addsBos ? bos.stream() : IntStream.empty(), words)
                .toArray();
    }

    @Override
    public String decode(int[] ids) {
        return Arrays.toString(ids);
    }

    @Override
    public int vocabularySize() {
        return 100;
    }

    @Override
    public String fingerprint() {
        return "numbers";
    }
}
