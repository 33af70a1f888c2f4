package org.rankgrid.model.tokenizer;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What rankgrid itself reads of a {@code tokenizer.json}: the ids of its tokens. The whole file is checked to be JSON, since
 * the library ends the process at some files that are not.
 *
 * @param ids ids by token, added tokens among them
 * @param size one more than the largest id
 */
record TokenizerFile(Map<String, Integer> ids, int size) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Reads the vocabulary; merges, which are most of the file, are passed over.
     *
     * @param name what messages call the file
     * @throws InputException if it is not JSON, or has no vocabulary
     */
    static TokenizerFile read(String name, String json) {
        Map<String, Integer> ids = new HashMap<>();
        int size = 0;
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InputException(name + " is not a JSON object, get the file again.");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("added_tokens") && value == JsonToken.START_ARRAY) {
                    size = Math.max(size, readAdded(parser, ids, name));
                } else if (key.equals("model") && value == JsonToken.START_OBJECT) {
                    size = Math.max(size, readModel(parser, ids, name));
                } else if (key.equals("post_processor")) {
                    PostProcessor.check(name, parser.readValueAsTree());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new InputException(name + " goes on after its JSON object, get the file again.");
            }
        } catch (JacksonException e) {
            throw new InputException(
                    name + " is not a tokenizer that can be read (" + e.getOriginalMessage() + "), get the file again.",
                    e);
        }
        if (size == 0) {
            throw new InputException(name + " holds no vocabulary, get the file again.");
        }
        return new TokenizerFile(ids, size);
    }

    /** The id of a token, if it is one. */
    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private static int readModel(JsonParser parser, Map<String, Integer> ids, String name) {
        int size = 0;
        String type = "";
        String prefix = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (key.equals("vocab")) {
                size = readVocabulary(parser, value, ids, name);
            } else if (key.equals("type")) {
                type = parser.getValueAsString("");
            } else if (key.equals("continuing_subword_prefix")) {
                prefix = parser.getValueAsString("");
            }
            parser.skipChildren();
        }
        if (type.equals("BPE") && !prefix.isEmpty()) {
            // The library ends the whole process where a merge lacks the prefix.
            throw new InputException(name + ": BPE with the continuing_subword_prefix '" + prefix
                    + "' is not known here, use a model with a plain BPE tokenizer.");
        }
        return size;
    }

    private static int readVocabulary(JsonParser parser, JsonToken value, Map<String, Integer> ids, String name) {
        int size = 0;
        if (value == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String token = parser.currentName();
                parser.nextToken();
                size = Math.max(size, put(ids, token, parser.getValueAsLong(-1), name));
            }
        } else if (value == JsonToken.START_ARRAY) {
            size = readPieces(parser, ids, name);
        }
        return size;
    }

    /** A unigram vocabulary: pairs of piece and score, whose places are their ids. */
    private static int readPieces(JsonParser parser, Map<String, Integer> ids, String name) {
        int size = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            size = put(ids, parser.getValueAsString(""), size, name);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }
        return size;
    }

    private static int readAdded(JsonParser parser, Map<String, Integer> ids, String name) {
        int size = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            String content = "";
            long id = -1;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                parser.nextToken();
                switch (key) {
                    case "content" -> content = parser.getValueAsString("");
                    case "id" -> id = parser.getValueAsLong(-1);
                    default -> parser.skipChildren();
                }
            }
            size = Math.max(size, put(ids, content, id, name));
        }
        return size;
    }

    private static int put(Map<String, Integer> ids, String token, long id, String name) {
        if (id < 0 || id >= Integer.MAX_VALUE) {
            throw new InputException(
                    name + " gives the token '" + token + "' no id from 0 to 2147483646, get the file again.");
        }
        ids.put(token, (int) id);
        return (int) id + 1;
    }
}
