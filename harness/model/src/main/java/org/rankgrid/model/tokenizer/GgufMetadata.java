package org.rankgrid.model.tokenizer;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;

/**
 * A GGUF file's metadata, each value checked for its type as it is asked for.
 *
 * @param file what messages call the file
 * @param values values by key
 */
record GgufMetadata(String file, Map<String, Object> values) {

    InputException error(String sentence) {
        return new InputException(file + ": " + sentence + ".");
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        return get(key, String.class, "a text");
    }

    boolean flag(String key, boolean absent) {
        return has(key) ? get(key, Boolean.class, "a truth value") : absent;
    }

    double[] reals(String key) {
        return get(key, double[].class, "a list of real numbers");
    }

    long[] wholes(String key) {
        return get(key, long[].class, "a list of whole numbers");
    }

    List<String> texts(String key) {
        List<?> list = get(key, List.class, "a list of texts");
        for (Object element : list) {
            if (!(element instanceof String)) {
                throw error(key + " should be a list of texts, the file is damaged");
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** The id of a token; none if the file does not say, or says one that no token has. */
    OptionalInt id(String key, int vocabularySize) {
        if (!has(key)) {
            return OptionalInt.empty();
        }
        long id = get(key, Long.class, "a whole number");
        // Converters write the largest unsigned number for "none".
        return id >= 0 && id < vocabularySize ? OptionalInt.of((int) id) : OptionalInt.empty();
    }

    private <T> T get(String key, Class<T> type, String expected) {
        Object value = values.get(key);
        if (value == null) {
            throw error("there is no " + key
                    + " in the metadata, so its tokenizer is not known; convert the model again with a"
                    + " current llama.cpp");
        }
        if (!type.isInstance(value)) {
            throw error(key + " should be " + expected + ", the file is damaged");
        }
        return type.cast(value);
    }
}
