package org.rankgrid.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Where the reference numbers lie and how they are read. */
final class Goldens {

    static final Path FOLDER = Path.of("golden");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Goldens() {}

    /** The folder of family folders: the project's own, or the one named by {@code -Drankgrid.golden=DIR}. */
    static Path families() {
        String other = System.getProperty("rankgrid.golden", "");
        if (other.isEmpty()) {
            return FOLDER.resolve("families");
        }
        Path folder = Path.of(other);
        return Files.isDirectory(folder.resolve("families")) ? folder.resolve("families") : folder;
    }

    /** The folder of scored items: the project's own, or that of the folder named by {@code -Drankgrid.golden=DIR}. */
    static Path tasks() {
        Path own = FOLDER.resolve("smollm2-135m/tasks");
        Path other = Path.of(System.getProperty("rankgrid.golden", "")).resolve("smollm2-135m/tasks");
        return Files.isDirectory(other) ? other : own;
    }

    static JsonNode json(Path file) {
        return JSON.readTree(file.toFile());
    }

    static List<JsonNode> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(JSON::readTree).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }
}
