package org.rankgrid.conformance;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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

    static JsonNode json(Path file) {
        return JSON.readTree(file.toFile());
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
