package org.rankgrid.model.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.model.weights.block.BlockFormat;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.compute.RowSource;

/**
 * One GGUF file, version 2 or 3, little-endian, mapped into memory (format: ggml/docs/gguf.md), with the names and row orders
 * of llama.cpp; {@link GgufWeights} gives those of Hugging Face. A tensor of a type that cannot be read is an error only when it
 * is asked for. Safe for several threads until it is closed; afterwards its row sources throw {@link IllegalStateException}.
 */
public final class GgufFile implements AutoCloseable {

    private static final int MAGIC = 'G' | 'G' << 8 | 'U' << 16 | 'F' << 24;
    private static final int MOST_DIMENSIONS = 4;
    private static final long DEFAULT_ALIGNMENT = 32;

    /** Least bytes of a key with its value: length and type, and one byte of value. */
    private static final int LEAST_PAIR = 8 + 4 + 1;

    /** Least bytes of a tensor's description: length of the name, number of dimensions, type, offset. */
    private static final int LEAST_TENSOR = 8 + 4 + 4 + 8;

    private final MappedFile file;
    private final SequencedMap<String, Object> metadata = new LinkedHashMap<>();
    private final SequencedMap<String, GgufTensor> tensors = new LinkedHashMap<>();
    private final long dataStart;

    private GgufFile(MappedFile file) {
        this.file = file;
        GgufCursor cursor = new GgufCursor(file);
        checkVersion(cursor);
        int tensorCount = cursor.count(LEAST_TENSOR, "the number of tensors");
        int pairCount = cursor.count(LEAST_PAIR, "the number of metadata keys");
        for (int i = 0; i < pairCount; i++) {
            String key = cursor.text("metadata key " + i);
            if (metadata.put(key, GgufValues.read(cursor, key)) != null) {
                throw file.error("has the metadata key " + Quoted.of(key) + " twice; the file is damaged");
            }
        }
        for (int i = 0; i < tensorCount; i++) {
            GgufTensor tensor = readTensor(cursor, i);
            if (tensors.put(tensor.name(), tensor) != null) {
                throw file.error("has the tensor " + Quoted.of(tensor.name()) + " twice; the file is damaged");
            }
        }
        long alignment = alignment();
        dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
        checkPlaces(alignment);
    }

    /**
     * Maps a file and checks everything it claims against its size.
     *
     * @throws InputException if it cannot be read, is cut off, damaged or no GGUF file of a version that can be read
     */
    public static GgufFile open(Path path) {
        return MappedFile.parse(path, GgufFile::new);
    }

    /**
     * The metadata by key, in the order of the file. Every integer is a {@link Long}, every real number a {@link Double}, a truth
     * value a {@link Boolean}, a text a {@link String}. An array of integers is a {@code long[]}, of real numbers a
     * {@code double[]}, of truth values a {@code List<Boolean>}, of texts a {@code List<String>}, and of arrays a {@link List} of
     * these; lists cannot be changed, and arrays must not be.
     */
    public SequencedMap<String, Object> metadata() {
        return Collections.unmodifiableSequencedMap(metadata);
    }

    /** The tensors by their names in the file, in the order of the file. */
    public SequencedMap<String, GgufTensor> tensors() {
        return Collections.unmodifiableSequencedMap(tensors);
    }

    /**
     * The tensor of that name.
     *
     * @throws InputException if there is none, with the nearest name
     */
    public GgufTensor tensor(String name) {
        GgufTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw file.error("has no tensor " + Quoted.of(name) + NearestNames.hint(name, tensors.keySet()));
        }
        return tensor;
    }

    /**
     * The values of a tensor of one or two dimensions as rows, in the order of the file; a vector is one row. Nothing is read yet.
     *
     * @throws InputException if there is none, it has other dimensions, or its type cannot be read
     */
    public RowSource rows(String name) {
        GgufTensor tensor = tensor(name);
        int[] shape = tensor.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw file.error("tensor " + Quoted.of(name) + " has the shape " + Quoted.shape(shape)
                    + ", expected one or two dimensions");
        }
        BlockFormat format = tensor.format()
                .orElseThrow(() -> file.error("tensor " + Quoted.of(name) + " has the type " + tensor.type()
                        + ", expected one of " + GgmlType.readable() + "; get the model in one of these"));
        MemorySegment data = file.bytes().asSlice(dataStart + tensor.offset(), format.bytes(tensor.count()));
        return MappedRows.whole(data, format, shape.length == 1 ? 1 : shape[0], shape[shape.length - 1]);
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        file.close();
    }

    MappedFile mapped() {
        return file;
    }

    private void checkVersion(GgufCursor cursor) {
        int magic = cursor.int32("its first four bytes");
        if (magic != MAGIC) {
            throw file.error("begins with %08x, expected the letters GGUF; it is not a GGUF file"
                    .formatted(Integer.reverseBytes(magic)));
        }
        int version = cursor.int32("its version");
        if (version == Integer.reverseBytes(2) || version == Integer.reverseBytes(3)) {
            throw file.error("is a big-endian GGUF file, expected little-endian; convert it");
        }
        if (version != 2 && version != 3) {
            throw file.error("is a GGUF file of version " + Integer.toUnsignedString(version)
                    + ", expected 2 or 3; convert the model again with a current llama.cpp");
        }
    }

    private GgufTensor readTensor(GgufCursor cursor, int index) {
        String name = cursor.text("the name of tensor " + index);
        String where = "tensor " + Quoted.of(name);
        int dimensions = cursor.int32(where);
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
            throw file.error(where + " has " + Integer.toUnsignedString(dimensions) + " dimensions, expected 0 to "
                    + MOST_DIMENSIONS + "; the file is damaged");
        }
        int[] shape = new int[dimensions];
        for (int i = dimensions - 1; i >= 0; i--) {
            long dimension = cursor.int64(where);
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw file.error(where + " has a dimension of " + Long.toUnsignedString(dimension) + ", expected 0 to "
                        + Integer.MAX_VALUE + "; the file is damaged");
            }
            shape[i] = (int) dimension;
        }
        return new GgufTensor(name, cursor.int32(where), shape, cursor.int64(where));
    }

    private long alignment() {
        Object alignment = metadata.getOrDefault("general.alignment", DEFAULT_ALIGNMENT);
        if (alignment instanceof Long bytes && bytes >= 1 && bytes <= 1 << 30 && Long.bitCount(bytes) == 1) {
            return bytes;
        }
        throw file.error("key 'general.alignment' is " + Quoted.plain(alignment.toString())
                + ", expected a power of two; the file is damaged");
    }

    private void checkPlaces(long alignment) {
        List<GgufTensor> inOrder = tensors.values().stream()
                .sorted(Comparator.comparingLong(GgufTensor::offset))
                .toList();
        long end = 0;
        for (GgufTensor tensor : inOrder) {
            String where = "tensor " + Quoted.of(tensor.name());
            if (tensor.offset() < end || tensor.offset() % alignment != 0) {
                throw file.error(where + " begins at byte " + tensor.offset() + " of the data, expected a multiple of "
                        + alignment + " from " + end + " on, where the tensor before it ends; the file is damaged");
            }
            long room = file.size() - dataStart - tensor.offset();
            long bytes = tensor.format().map(format -> bytes(tensor, format)).orElse(0L);
            if (bytes > room) {
                throw file.error(where + " of shape " + Quoted.shape(tensor.shape()) + " and type " + tensor.type()
                        + " begins at byte " + tensor.offset() + " of the data, but from there on the file has "
                        + Math.max(0, room) + " bytes; it is cut off or damaged, get it again");
            }
            end = tensor.offset() + bytes;
        }
    }

    private long bytes(GgufTensor tensor, BlockFormat format) {
        int[] shape = tensor.shape();
        int columns = shape.length == 0 ? 1 : shape[shape.length - 1];
        if (columns % format.blockValues() != 0) {
            throw file.error("tensor " + Quoted.of(tensor.name()) + " has rows of " + columns + " values, but "
                    + tensor.type() + " takes a multiple of " + format.blockValues() + "; the file is damaged");
        }
        try {
            return format.bytes(tensor.count());
        } catch (ArithmeticException _) {
            return Long.MAX_VALUE; // more than any file holds
        }
    }
}
