package org.rankgrid.model.weights;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rankgrid.model.weights.block.LittleEndian;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The header of a safetensors file, checked against the file: 8 bytes of length, then JSON that gives each tensor's type, shape
 * and place. As the format demands, tensors fill the bytes behind it without overlap and without holes.
 */
final class SafetensorsHeader {

    /** The limit of the reference implementation. */
    private static final long LONGEST = 100_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final MappedFile file;
    private final long dataStart;
    private final SequencedMap<String, String> metadata = new LinkedHashMap<>();
    private final SequencedMap<String, SafetensorsEntry> entries = new LinkedHashMap<>();

    private SafetensorsHeader(MappedFile file, long dataStart) {
        this.file = file;
        this.dataStart = dataStart;
    }

    /**
     * Reads and checks the header.
     *
     * @throws InputException if the file is cut off, damaged or no safetensors file
     */
    static SafetensorsHeader read(MappedFile file) {
        if (file.size() < 9) {
            throw file.error("is " + file.size()
                    + " bytes long, too short for a safetensors file; get the file again, it seems to be cut off");
        }
        long length = file.bytes().get(LittleEndian.LONG, 0);
        if (length < 2 || length > LONGEST || length > file.size() - 8) {
            throw file.error("claims a header of " + Long.toUnsignedString(length) + " bytes, but the file goes on for "
                    + (file.size() - 8) + " and a header has 2 to " + LONGEST
                    + "; it is cut off or not a safetensors file");
        }
        byte[] json = file.bytes().asSlice(8, length).toArray(ValueLayout.JAVA_BYTE);
        if (json[0] != '{') {
            throw file.error("has a header that begins with byte " + (json[0] & 0xFF)
                    + ", expected '{'; it is not a safetensors file");
        }
        SafetensorsHeader header = new SafetensorsHeader(file, 8 + length);
        header.entries.putAll(header.inFileOrder(header.parse(json)));
        return header;
    }

    /** The texts under {@code __metadata__}, in the order of the file. */
    SequencedMap<String, String> metadata() {
        return Collections.unmodifiableSequencedMap(metadata);
    }

    /** The tensors by name, in the order of their bytes. */
    SequencedMap<String, SafetensorsEntry> entries() {
        return Collections.unmodifiableSequencedMap(entries);
    }

    /** Where the tensors' bytes begin in the file. */
    long dataStart() {
        return dataStart;
    }

    private List<SafetensorsEntry> parse(byte[] json) {
        List<SafetensorsEntry> found = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("__metadata__")) {
                    readMetadata(parser);
                } else {
                    found.add(readEntry(name, parser));
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw file.error("has a header with more in it than one JSON object; the file is damaged");
            }
        } catch (JacksonException e) {
            throw file.error("has a header that is not JSON (" + Quoted.plain(e.getOriginalMessage())
                    + "); the file is damaged or not a safetensors file");
        }
        return found;
    }

    private void readMetadata(JsonParser parser) {
        expect(parser, JsonToken.START_OBJECT, "'__metadata__'", "an object of texts");
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            expect(parser, JsonToken.VALUE_STRING, "'__metadata__', key " + Quoted.of(key), "a text");
            metadata.put(key, parser.getString());
        }
    }

    private SafetensorsEntry readEntry(String name, JsonParser parser) {
        String where = "tensor " + Quoted.of(name);
        expect(parser, JsonToken.START_OBJECT, where, "an object");
        @Nullable String type = null;
        long @Nullable [] shape = null;
        long @Nullable [] offsets = null;
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            parser.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(parser, JsonToken.VALUE_STRING, where + ", key 'dtype'", "a text");
                    type = parser.getString();
                }
                case "shape" -> shape = readNumbers(parser, where + ", key 'shape'");
                case "data_offsets" -> offsets = readNumbers(parser, where + ", key 'data_offsets'");
                default ->
                    throw file.error(where + " has the unknown key " + Quoted.of(key)
                            + ", expected dtype, shape and data_offsets; the file is damaged");
            }
        }
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw file.error(where + " lacks its dtype, shape or pair of data_offsets; the file is damaged");
        }
        return checked(where, new SafetensorsEntry(name, type, dimensions(where, shape), offsets[0], offsets[1]));
    }

    private long[] readNumbers(JsonParser parser, String where) {
        expect(parser, JsonToken.START_ARRAY, where, "a list of whole numbers");
        long[] numbers = new long[4];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, JsonToken.VALUE_NUMBER_INT, where, "a list of whole numbers");
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = parser.getLongValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private int[] dimensions(String where, long[] shape) {
        for (long dimension : shape) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw file.error(where + " has a dimension of " + dimension + ", expected 0 to " + Integer.MAX_VALUE
                        + "; the file is damaged");
            }
        }
        return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    }

    private SafetensorsEntry checked(String where, SafetensorsEntry entry) {
        long data = file.size() - dataStart;
        if (entry.begin() < 0 || entry.begin() > entry.end()) {
            throw file.error(where + " goes from byte " + entry.begin() + " to " + entry.end()
                    + ", expected two offsets in order; the file is damaged");
        }
        if (entry.end() > data) {
            throw file.error(where + " ends at byte " + entry.end() + " of the data, but there are only " + data
                    + "; the file is cut off, get it again");
        }
        SafetensorsType.named(entry.type()).ifPresent(type -> {
            long bytes;
            try {
                bytes = Math.multiplyExact(entry.count(), type.bytes());
            } catch (ArithmeticException _) {
                bytes = Long.MAX_VALUE; // more than any file holds
            }
            if (bytes != entry.end() - entry.begin()) {
                throw file.error(where + " has " + (entry.end() - entry.begin()) + " bytes, but shape "
                        + Quoted.shape(entry.shape()) + " of " + entry.type() + " takes "
                        + (bytes == Long.MAX_VALUE ? "more than any file holds" : bytes) + "; the file is damaged");
            }
        });
        return entry;
    }

    private SequencedMap<String, SafetensorsEntry> inFileOrder(List<SafetensorsEntry> found) {
        SequencedMap<String, SafetensorsEntry> ordered = new LinkedHashMap<>();
        long end = 0;
        found.sort(Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
        for (SafetensorsEntry entry : found) {
            if (entry.begin() != end) {
                throw file.error("tensor " + Quoted.of(entry.name()) + " begins at byte " + entry.begin()
                        + " of the data, but the one before it ends at " + end
                        + ", and tensors may neither overlap nor leave holes; the file is damaged");
            }
            end = entry.end();
            ordered.put(entry.name(), entry);
        }
        if (dataStart + end != file.size()) {
            throw file.error("has " + (file.size() - dataStart) + " bytes of data, but its tensors end at " + end
                    + "; the file is damaged");
        }
        return ordered;
    }

    private void expect(JsonParser parser, JsonToken token, String where, String what) {
        if (parser.currentToken() != token) {
            throw file.error(where + " is not " + what + " in the header; the file is damaged");
        }
    }
}
