package org.rankgrid.model.weights;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.rankgrid.model.weights.block.LittleEndian;

/** Reads the parts of a GGUF file one after the other and never past its end. */
final class GgufCursor {

    private final MappedFile file;
    private final MemorySegment bytes;
    private long at;

    GgufCursor(MappedFile file) {
        this.file = file;
        this.bytes = file.bytes();
    }

    MappedFile file() {
        return file;
    }

    /** Bytes read so far. */
    long position() {
        return at;
    }

    byte int8(String what) {
        return bytes.get(LittleEndian.BYTE, take(1, what));
    }

    short int16(String what) {
        return bytes.get(LittleEndian.SHORT, take(2, what));
    }

    int int32(String what) {
        return bytes.get(LittleEndian.INT, take(4, what));
    }

    long int64(String what) {
        return bytes.get(LittleEndian.LONG, take(8, what));
    }

    float float32(String what) {
        return bytes.get(LittleEndian.FLOAT, take(4, what));
    }

    double float64(String what) {
        return bytes.get(LittleEndian.DOUBLE, take(8, what));
    }

    /**
     * A number of things that follow, each at least so many bytes long: so it is small enough for the file, and for a Java array.
     *
     * @throws org.rankgrid.spi.InputException if the rest of the file cannot hold them
     */
    int count(int leastBytes, String what) {
        long count = int64(what);
        long most = Math.min((file.size() - at) / leastBytes, Integer.MAX_VALUE - 8);
        if (count < 0 || count > most) {
            throw file.error(what + " is " + Long.toUnsignedString(count) + ", but the rest of the file has room for "
                    + most + " at most; it is cut off or damaged");
        }
        return (int) count;
    }

    /** A text: its length and that many bytes of UTF-8; what is no UTF-8 becomes U+FFFD. */
    String text(String what) {
        int length = count(1, "the length of " + what);
        byte[] text = new byte[length];
        MemorySegment.copy(bytes, LittleEndian.BYTE, take(length, what), text, 0, length);
        return new String(text, StandardCharsets.UTF_8);
    }

    private long take(long length, String what) {
        if (length > file.size() - at) {
            throw file.error(
                    "ends at byte " + file.size() + " in the middle of " + what + "; it is cut off, get it again");
        }
        long start = at;
        at += length;
        return start;
    }
}
