package org.rankgrid.model.weights;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code model.safetensors.index.json} of a checkpoint in several files: which tensor lies in which. */
final class ShardIndex {

    static final String FILE_NAME = "model.safetensors.index.json";

    private static final long LONGEST = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ShardIndex() {}

    /**
     * Reads an index.
     *
     * @return file names by tensor name, in the order of the index; a file name has no folder in it
     * @throws org.rankgrid.spi.InputException if it is no such index
     */
    static SequencedMap<String, String> read(Path path) {
        try (MappedFile file = MappedFile.open(path)) {
            JsonNode map = json(file).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw file.error("has no object 'weight_map' of file names by tensor name; get the file again");
            }
            SequencedMap<String, String> shards = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                shards.put(entry.getKey(), fileName(file, entry.getKey(), entry.getValue()));
            }
            return shards;
        }
    }

    private static JsonNode json(MappedFile file) {
        if (file.size() > LONGEST) {
            throw file.error("is " + file.size() + " bytes long, expected an index of at most " + LONGEST);
        }
        try {
            return JSON.readTree(file.bytes().toArray(ValueLayout.JAVA_BYTE));
        } catch (JacksonException e) {
            throw file.error("is not JSON (" + Quoted.plain(e.getOriginalMessage()) + "); get the file again");
        }
    }

    private static String fileName(MappedFile file, String tensor, JsonNode value) {
        String name = value.isString() ? value.stringValue() : "";
        // The index may come from anywhere: it must not lead out of its folder.
        if (!name.endsWith(".safetensors") || name.chars().anyMatch(c -> c == '/' || c == '\\' || c == 0)) {
            throw file.error("key 'weight_map', tensor " + Quoted.of(tensor) + " has the value "
                    + Quoted.plain(value.toString())
                    + ", expected the name of a .safetensors file in the same folder");
        }
        return name;
    }
}
