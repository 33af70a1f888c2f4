package org.rankgrid.model.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.text.Tokenizer;

/**
 * A tokenizer in Hugging Face's format, run by their own library: its ids are those of Python's {@code tokenizers}. A special
 * token that is written in a text becomes that token, as it does there. A text goes to the library in one piece: on one core
 * WikiText-2's 1.3 MB take about a second with 49 thousand tokens as with 512, so that there is no need to find places where
 * it may be split.
 */
public final class HuggingFaceTokenizer implements Tokenizer {

    private final NativeTokenizer library;
    private final int vocabularySize;
    private final SpecialTokens special;
    private final boolean libraryAddsBos;
    private final String fingerprint;

    private HuggingFaceTokenizer(NativeTokenizer library, int vocabularySize, SpecialTokens special, String json) {
        this.library = library;
        this.vocabularySize = vocabularySize;
        this.special = special;
        long[] frame = library.encode("", true);
        this.libraryAddsBos = special.bos().isPresent()
                && frame.length > 0
                && frame[0] == special.bos().getAsInt();
        this.fingerprint = hash(json, special.bos(), special.eos(), addsBos());
    }

    /**
     * Opens the tokenizer of a model in the Hugging Face layout: {@code tokenizer.json}, and where they are there
     * {@code tokenizer_config.json}, {@code special_tokens_map.json} and {@code config.json} for the special tokens.
     *
     * @param folder the model's folder
     * @throws InputException if there is no {@code tokenizer.json}, or one of the files is damaged
     */
    public static HuggingFaceTokenizer open(Path folder) {
        Path path = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(path)) {
            throw new InputException("The model " + folder
                    + " has no tokenizer.json, save its tokenizer in the format of Hugging Face's tokenizers.");
        }
        String json = TextFile.read(path);
        TokenizerFile file = TokenizerFile.read(path.toString(), json);
        return of(path.toString(), json, file.size(), SpecialTokens.read(folder, file));
    }

    /**
     * A tokenizer from the content of a {@code tokenizer.json}.
     *
     * @param name what messages call it
     * @param json is known to be JSON: the library ends the process at some texts that are not
     * @param size one more than the largest id of its vocabulary
     */
    static HuggingFaceTokenizer of(String name, String json, int size, SpecialTokens special) {
        NativeTokenizer library = NativeTokenizer.open(name, json);
        if (special.addBos().orElse(false) && special.bos().isEmpty()) {
            throw new InputException(
                    name + ": a BOS is to be put in front of texts, but no token of the vocabulary is named as"
                            + " BOS, correct bos_token or add_bos_token.");
        }
        if (LongStream.of(library.encode("", true)).anyMatch(id -> id >= size)) {
            throw new InputException(name + ": the post-processor adds an id that the vocabulary of " + size
                    + " ids does not have, get the file again.");
        }
        return new HuggingFaceTokenizer(library, size, special, json);
    }

    @Override
    public int[] encode(String text, boolean addSpecialTokens) {
        int[] ids = LongStream.of(library.encode(text, addSpecialTokens))
                .mapToInt(Math::toIntExact)
                .toArray();
        if (!addSpecialTokens || libraryAddsBos == addsBos()) {
            return ids;
        }
        // transformers lets add_bos_token change what the file's post-processor does.
        return libraryAddsBos
                ? Arrays.copyOfRange(ids, 1, ids.length)
                : prepend(special.bos().getAsInt(), ids);
    }

    @Override
    public String decode(int[] ids) {
        return library.decode(Arrays.stream(ids).asLongStream().toArray());
    }

    @Override
    public int vocabularySize() {
        return vocabularySize;
    }

    @Override
    public OptionalInt bos() {
        return special.bos();
    }

    @Override
    public OptionalInt eos() {
        return special.eos();
    }

    @Override
    public boolean addsBos() {
        return special.addBos().orElse(libraryAddsBos);
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private static int[] prepend(int first, int[] rest) {
        int[] all = new int[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static String hash(String json, OptionalInt bos, OptionalInt eos, boolean addsBos) {
        return Sha256.of(bos + " " + eos + " " + addsBos + "\n" + json);
    }
}
