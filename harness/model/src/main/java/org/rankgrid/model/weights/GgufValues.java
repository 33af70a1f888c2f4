package org.rankgrid.model.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the metadata values of a GGUF file; {@link GgufFile#metadata} says what becomes what. */
final class GgufValues {

    /** ggml itself reads no array of arrays; a few levels cannot hurt. */
    private static final int DEEPEST = 4;

    private static final int BOOLEAN = 7;
    private static final int TEXT = 8;
    private static final int ARRAY = 9;

    private GgufValues() {}

    /** The value of a key, whose type comes first. */
    static Object read(GgufCursor cursor, String key) {
        String what = "key " + Quoted.of(key);
        return value(cursor, cursor.int32(what), what, 0);
    }

    private static Object value(GgufCursor cursor, int type, String what, int depth) {
        return switch (type) {
            case BOOLEAN -> truth(cursor, what);
            case TEXT -> cursor.text(what);
            case ARRAY -> array(cursor, what, depth + 1);
            default -> isReal(type) ? (Object) real(cursor, type, what) : (Object) whole(cursor, type, what);
        };
    }

    private static Object array(GgufCursor cursor, String what, int depth) {
        if (depth > DEEPEST) {
            throw cursor.file()
                    .error(what + " holds lists in lists, more than " + DEEPEST + " deep; the file is damaged");
        }
        int type = cursor.int32(what);
        int count = cursor.count(width(cursor, type, what), "the number of values of " + what);
        if (type == BOOLEAN || type == TEXT || type == ARRAY) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(value(cursor, type, what, depth));
            }
            return Collections.unmodifiableList(values);
        }
        if (isReal(type)) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = real(cursor, type, what);
            }
            return values;
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = whole(cursor, type, what);
        }
        return values;
    }

    private static boolean truth(GgufCursor cursor, String what) {
        byte value = cursor.int8(what);
        if (value != 0 && value != 1) {
            throw cursor.file()
                    .error(what + " is " + value + ", expected 0 or 1 for a truth value; the file is damaged");
        }
        return value == 1;
    }

    private static boolean isReal(int type) {
        return type == 6 || type == 12;
    }

    private static double real(GgufCursor cursor, int type, String what) {
        return type == 6 ? cursor.float32(what) : cursor.float64(what);
    }

    private static long whole(GgufCursor cursor, int type, String what) {
        return switch (type) {
            case 0 -> cursor.int8(what) & 0xFF;
            case 1 -> cursor.int8(what);
            case 2 -> cursor.int16(what) & 0xFFFF;
            case 3 -> cursor.int16(what);
            case 4 -> cursor.int32(what) & 0xFFFF_FFFFL;
            case 5 -> cursor.int32(what);
            case 10 -> unsigned(cursor, what);
            case 11 -> cursor.int64(what);
            default -> throw unknown(cursor, type, what);
        };
    }

    private static long unsigned(GgufCursor cursor, String what) {
        long value = cursor.int64(what);
        if (value < 0) {
            throw cursor.file()
                    .error(what + " is " + Long.toUnsignedString(value) + ", expected at most " + Long.MAX_VALUE);
        }
        return value;
    }

    /** The least bytes of a value in an array. */
    private static int width(GgufCursor cursor, int type, String what) {
        return switch (type) {
            case 0, 1, BOOLEAN -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case TEXT, 10, 11, 12 -> 8;
            case ARRAY -> 12;
            default -> throw unknown(cursor, type, what);
        };
    }

    private static RuntimeException unknown(GgufCursor cursor, int type, String what) {
        return cursor.file()
                .error(what + " has the value type " + Integer.toUnsignedString(type)
                        + ", expected 0 to 12; the file is damaged");
    }
}
