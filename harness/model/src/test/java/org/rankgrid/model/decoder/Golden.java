package org.rankgrid.model.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The reference numbers of a small model.
 *
 * @param parameters of the whole model
 */
record Golden(long parameters, List<Sequence> sequences) {

    /**
     * One sequence.
     *
     * @param logits position by vocabulary
     * @param meanNll mean over the positions but the last, in nats, computed in 64 bits
     */
    record Sequence(int[] ids, float[] logits, double meanNll) {}

    static Golden read(Path folder) {
        JsonNode root =
                JsonMapper.shared().readTree(folder.resolve("golden.json").toFile());
        List<Sequence> sequences = new ArrayList<>();
        for (JsonNode node : root.get("sequences")) {
            int[] ids = new int[node.get("input_ids").size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = node.get("input_ids").get(i).intValue();
            }
            byte[] bytes = Base64.getDecoder().decode(node.get("logits").stringValue());
            float[] logits = new float[bytes.length / 4];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(logits);
            sequences.add(new Sequence(ids, logits, node.get("mean_nll_f64").doubleValue()));
        }
        return new Golden(root.get("parameters").longValue(), sequences);
    }
}
