package org.rankgrid.model.weights;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.rankgrid.model.weights.block.BlockFormat;
import org.rankgrid.model.weights.block.LittleEndian;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.compute.RowSource;

/**
 * One safetensors file, mapped into memory (format: github.com/huggingface/safetensors). F32, F16 and BF16 can be read as rows,
 * those and F64 as arrays; a tensor of another type is an error only when it is asked for. Safe for several threads until it is
 * closed; afterwards its row sources throw {@link IllegalStateException}.
 */
public final class SafetensorsFile implements AutoCloseable {

    private final MappedFile file;
    private final SafetensorsHeader header;

    private SafetensorsFile(MappedFile file) {
        this.file = file;
        this.header = SafetensorsHeader.read(file);
    }

    /**
     * Maps a file and checks its header against its size.
     *
     * @throws InputException if it cannot be read, is cut off, damaged or no safetensors file
     */
    public static SafetensorsFile open(Path path) {
        return MappedFile.parse(path, SafetensorsFile::new);
    }

    /** Whether a file is there, can be read, and is as long as its header says; what its values are is not looked at. */
    public static boolean isWhole(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (SafetensorsFile _ = open(path)) {
            return true;
        } catch (InputException damaged) {
            return false;
        }
    }

    /** The texts that the writer left under {@code __metadata__}. */
    public SequencedMap<String, String> metadata() {
        return header.metadata();
    }

    /** Names of all tensors, in the order of their bytes. */
    public SequencedSet<String> names() {
        return header.entries().sequencedKeySet();
    }

    /**
     * The shape of a tensor; empty for a single number.
     *
     * @throws InputException if there is none, with the nearest name
     */
    public int[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * The type of a tensor as the file writes it: F32, BF16, ...
     *
     * @throws InputException if there is none, with the nearest name
     */
    public String type(String name) {
        return entry(name).type();
    }

    /**
     * The values of a tensor of one or two dimensions as rows; a vector is one row. Nothing is read yet.
     *
     * @throws InputException if there is none, it has other dimensions, or is not F32, F16 or BF16
     */
    public RowSource rows(String name) {
        return matrix(name);
    }

    /**
     * The first values of the first rows of a tensor of one or two dimensions: a view of the mapped file, nothing is read yet.
     *
     * @param name of the tensor, m by n; a vector is one row
     * @param rows how many rows, at most m
     * @param columns how many columns, at most n
     * @throws InputException as {@link #rows} does
     * @throws IllegalArgumentException if the tensor is smaller
     */
    public RowSource prefix(String name, int rows, int columns) {
        return matrix(name).prefix(rows, columns);
    }

    /**
     * All values of a tensor of any shape, as 32-bit floats, row-major.
     *
     * @throws InputException if there is none, it is too large for an array, or is not F32, F16 or BF16
     */
    public float[] floats(String name) {
        SafetensorsEntry entry = entry(name);
        BlockFormat format = format(entry);
        float[] values = new float[arrayLength(entry)];
        format.decode(data(entry), 0, values.length, values, 0);
        return values;
    }

    /**
     * All values of a tensor of any shape, as 64-bit floats, row-major.
     *
     * @throws InputException if there is none, it is too large for an array, or is not F64, F32, F16 or BF16
     */
    public double[] doubles(String name) {
        SafetensorsEntry entry = entry(name);
        if (entry.type().equals(SafetensorsType.F64.name())) {
            double[] values = new double[arrayLength(entry)];
            MemorySegment.copy(data(entry), LittleEndian.DOUBLE, 0, values, 0, values.length);
            return values;
        }
        float[] narrow = floats(name);
        double[] values = new double[narrow.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = narrow[i];
        }
        return values;
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        file.close();
    }

    MappedFile mapped() {
        return file;
    }

    private MappedRows matrix(String name) {
        SafetensorsEntry entry = entry(name);
        int[] shape = entry.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw file.error("tensor " + Quoted.of(name) + " has the shape " + Quoted.shape(shape)
                    + ", expected one or two dimensions");
        }
        return MappedRows.whole(data(entry), format(entry), shape.length == 1 ? 1 : shape[0], shape[shape.length - 1]);
    }

    private BlockFormat format(SafetensorsEntry entry) {
        return SafetensorsType.named(entry.type())
                .flatMap(SafetensorsType::format)
                .orElseThrow(() -> file.error("tensor " + Quoted.of(entry.name()) + " has the type "
                        + Quoted.of(entry.type()) + ", expected F32, F16 or BF16; convert it to one of these"));
    }

    private int arrayLength(SafetensorsEntry entry) {
        long count = entry.count();
        if (count > Integer.MAX_VALUE - 8) {
            throw file.error("tensor " + Quoted.of(entry.name()) + " has " + count
                    + " values, too many for one array; read it in rows");
        }
        return (int) count;
    }

    private MemorySegment data(SafetensorsEntry entry) {
        return file.bytes().asSlice(header.dataStart() + entry.begin(), entry.end() - entry.begin());
    }

    private SafetensorsEntry entry(String name) {
        SafetensorsEntry entry = header.entries().get(name);
        if (entry == null) {
            throw file.error("has no tensor " + Quoted.of(name)
                    + NearestNames.hint(name, header.entries().keySet()));
        }
        return entry;
    }
}
