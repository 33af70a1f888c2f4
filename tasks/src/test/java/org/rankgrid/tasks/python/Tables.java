package org.rankgrid.tasks.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The tables of what Python says, a row a line. */
public final class Tables {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private Tables() {}

    /** The rows of a table beside a class. */
    public static List<Map<String, Object>> read(Class<?> beside, String name) {
        try (InputStream table = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> JSON.readValue(line, new TypeReference<Map<String, Object>>() {}))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text of a row, which must have it. */
    public static String text(Map<String, Object> row, String key) {
        return (String) Objects.requireNonNull(row.get(key), key);
    }
}
