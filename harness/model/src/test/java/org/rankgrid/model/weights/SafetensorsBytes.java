package org.rankgrid.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files put together by hand. */
final class SafetensorsBytes {

    private SafetensorsBytes() {}

    /** A file of that header and so many bytes of data: 0, 1, 2, ... */
    static byte[] of(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return of(json.length, json, dataBytes);
    }

    /** A file that claims a length of its header. */
    static byte[] of(long claimed, byte[] header, int dataBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(claimed).put(header);
        for (int i = 0; i < dataBytes; i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }
}
