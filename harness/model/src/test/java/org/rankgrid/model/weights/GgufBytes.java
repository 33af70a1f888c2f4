package org.rankgrid.model.weights;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** GGUF files put together by hand, piece by piece. */
final class GgufBytes {

    static final int U32 = 4;
    static final int TEXT = 8;
    static final int ARRAY = 9;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The start of a file that claims so many tensors and keys. */
    static GgufBytes start(long tensors, long keys) {
        return new GgufBytes().text("GGUF").int32(3).int64(tensors).int64(keys);
    }

    /** Bytes of a text without its length. */
    GgufBytes text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    GgufBytes int32(int value) {
        bytes.writeBytes(littleEndian(4).putInt(value).array());
        return this;
    }

    GgufBytes int64(long value) {
        bytes.writeBytes(littleEndian(8).putLong(value).array());
        return this;
    }

    /** A text behind its length. */
    GgufBytes string(String text) {
        return int64(text.getBytes(StandardCharsets.UTF_8).length).text(text);
    }

    GgufBytes key(String key, int value) {
        return string(key).int32(U32).int32(value);
    }

    GgufBytes key(String key, String value) {
        return string(key).int32(TEXT).string(value);
    }

    /** A tensor's description; dimensions as the file has them, columns first. */
    GgufBytes tensor(String name, int type, long offset, long... dimensions) {
        string(name).int32(dimensions.length);
        for (long dimension : dimensions) {
            int64(dimension);
        }
        return int32(type).int64(offset);
    }

    /** Pads to a multiple of 32. */
    GgufBytes pad() {
        while (bytes.size() % 32 != 0) {
            bytes.write(0);
        }
        return this;
    }

    /** So many bytes: 0, 1, 2, ... */
    GgufBytes data(int count) {
        for (int i = 0; i < count; i++) {
            bytes.write(i);
        }
        return this;
    }

    GgufBytes floats(float... values) {
        for (float value : values) {
            int32(Float.floatToRawIntBits(value));
        }
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
