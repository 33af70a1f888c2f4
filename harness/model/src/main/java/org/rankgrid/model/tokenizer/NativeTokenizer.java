package org.rankgrid.model.tokenizer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.rankgrid.spi.InputException;

/**
 * The tokenizers library of Hugging Face, through DJL: the only class that touches DJL, so that nothing of DJL runs before the
 * switches below are set.
 */
final class NativeTokenizer {

    static {
        // DJL asks a cloud's metadata address, reports its use and fetches a CUDA build unless it is told not to.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("RUST_FLAVOR", "cpu");
    }

    /** By default DJL cuts a text after 512 tokens and fills up a batch. */
    private static final Map<String, String> WHOLE_TEXTS =
            Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;

    private final String name;

    private NativeTokenizer(String name, ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library) {
        this.name = name;
        this.library = library;
    }

    /**
     * Opens a tokenizer.
     *
     * @param name what messages call it
     * @param json the content of a {@code tokenizer.json}
     * @throws InputException if the library cannot read it, or cannot be loaded
     */
    static NativeTokenizer open(String name, String json) {
        load();
        try {
            return new NativeTokenizer(
                    name,
                    ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), WHOLE_TEXTS));
        } catch (RuntimeException | IOException e) {
            throw new InputException(
                    name + " is not a tokenizer that can be read (" + e.getMessage() + "), get the file again.", e);
        }
    }

    private static void load() {
        try {
            LibUtils.checkStatus();
        } catch (RuntimeException | LinkageError e) {
            throw new InputException(
                    "The native tokenizers library cannot be loaded (" + e.getMessage()
                            + "): it is unpacked into .djl.ai in the user's home, set DJL_CACHE_DIR to a folder that can be"
                            + " written and from which libraries may be loaded.",
                    e);
        }
    }

    // The library frees its memory once it is unreachable, which the compiler may find before a native call returns.

    /**
     * The ids of a whole text.
     *
     * @throws InputException if the tokenizer has no id for a part of it
     */
    long[] encode(String text, boolean addSpecialTokens) {
        try {
            return library.encode(text, addSpecialTokens, false).getIds();
        } catch (RuntimeException e) {
            throw new InputException(
                    name + " cannot encode this text (" + e.getMessage() + "), get the file again.", e);
        } finally {
            Reference.reachabilityFence(library);
        }
    }

    /** The text of some ids, special tokens left out. */
    String decode(long[] ids) {
        try {
            return library.decode(ids, true);
        } finally {
            Reference.reachabilityFence(library);
        }
    }
}
