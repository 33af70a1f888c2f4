package org.rankgrid.model.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.rankgrid.spi.InputException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a safetensors file without holding it in memory: the tensors are declared first, then their values come in the same
 * order, in as many pieces as the caller likes. The file grows beside its target and takes its place when it is complete and on
 * the disk; without {@link #commit} nothing is left of it. Writing no values at all does nothing, so a tensor of no values may be
 * written or left out.
 *
 * <pre>{@code
 * try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, List.of(Entry.f32("a", 2, 3)))) {
 *     writer.write("a", values);
 *     writer.commit();
 * }
 * }</pre>
 *
 * Not for several threads at once.
 */
public final class SafetensorsWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final Path target;
    private final Path growing;
    private final List<Entry> entries;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private int current;
    private long written;
    private boolean committed;

    /**
     * A tensor to be written. Declare 64-bit tensors first: then each lies at a multiple of its width, which some readers want.
     *
     * @param name unique in the file, not {@code __metadata__}
     * @param wide whether values are F64 instead of F32
     * @param shape of the tensor; empty for a single number
     */
    public record Entry(String name, boolean wide, int[] shape) {

        /** Checks name and shape, and copies the shape. */
        public Entry {
            if (name.equals("__metadata__")) {
                throw new IllegalArgumentException("'__metadata__' is no name for a tensor");
            }
            for (int dimension : shape) {
                if (dimension < 0) {
                    throw new IllegalArgumentException("tensor '" + name + "' has a dimension of " + dimension);
                }
            }
            shape = shape.clone();
        }

        /** A tensor of 32-bit floats. */
        public static Entry f32(String name, int... shape) {
            return new Entry(name, false, shape);
        }

        /** A tensor of 64-bit floats. */
        public static Entry f64(String name, int... shape) {
            return new Entry(name, true, shape);
        }

        long count() {
            long count = 1;
            for (int dimension : shape) {
                count = Math.multiplyExact(count, dimension);
            }
            return count;
        }

        long bytes() {
            return Math.multiplyExact(count(), wide ? 8L : 4L);
        }
    }

    private SafetensorsWriter(Path target, Path growing, List<Entry> entries, FileChannel channel) {
        this.target = target;
        this.growing = growing;
        this.entries = entries;
        this.channel = channel;
    }

    /**
     * Begins a file.
     *
     * @param target where the file will be; what is there now is replaced by {@link #commit}
     * @param metadata texts for {@code __metadata__}
     * @param entries the tensors, in the order in which their values will come
     * @throws InputException if the file cannot be written
     */
    public static SafetensorsWriter create(Path target, Map<String, String> metadata, List<Entry> entries) {
        byte[] header = header(metadata, entries);
        Path growing = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        FileChannel channel;
        try {
            channel = FileChannel.open(growing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
        SafetensorsWriter writer = new SafetensorsWriter(target, growing, List.copyOf(entries), channel);
        try {
            writer.writeHeader(header);
            writer.skipComplete();
            return writer;
        } catch (InputException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * Writes the next values of an F32 tensor, or all.
     *
     * @throws InputException if the file cannot be written
     * @throws IllegalStateException if another tensor is next, or fewer of its values are to come
     */
    public void write(String name, float[] values) {
        write(name, values, 0, values.length);
    }

    /**
     * Writes the next values of an F32 tensor: {@code count} of them from {@code offset}.
     *
     * @throws InputException if the file cannot be written
     * @throws IllegalStateException if another tensor is next, or fewer of its values are to come
     */
    public void write(String name, float[] values, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, values.length);
        if (count == 0) {
            return;
        }
        expect(name, false, count);
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, room(Float.BYTES));
            buffer.asFloatBuffer().put(values, offset + done, piece);
            buffer.position(buffer.position() + piece * Float.BYTES);
            done += piece;
        }
        advance(count);
    }

    /**
     * Writes the next values of an F64 tensor, or all.
     *
     * @throws InputException if the file cannot be written
     * @throws IllegalStateException if another tensor is next, or fewer of its values are to come
     */
    public void write(String name, double[] values) {
        write(name, values, 0, values.length);
    }

    /**
     * Writes the next values of an F64 tensor: {@code count} of them from {@code offset}.
     *
     * @throws InputException if the file cannot be written
     * @throws IllegalStateException if another tensor is next, or fewer of its values are to come
     */
    public void write(String name, double[] values, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, values.length);
        if (count == 0) {
            return;
        }
        expect(name, true, count);
        for (int done = 0; done < count; ) {
            int piece = Math.min(count - done, room(Double.BYTES));
            buffer.asDoubleBuffer().put(values, offset + done, piece);
            buffer.position(buffer.position() + piece * Double.BYTES);
            done += piece;
        }
        advance(count);
    }

    /**
     * Puts the complete file in its place: first all bytes to the disk, then one atomic move.
     *
     * @throws InputException if the disk is full or the target cannot be replaced
     * @throws IllegalStateException if values are missing
     */
    public void commit() {
        if (current < entries.size()) {
            throw new IllegalStateException("tensor '" + entries.get(current).name() + "' is not complete");
        }
        try {
            drain();
            channel.force(true);
            channel.close();
            Files.move(growing, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
        committed = true;
        forceFolder();
    }

    /** Removes what was written, unless it was committed. */
    @Override
    public void close() {
        if (!committed) {
            try {
                channel.close();
                Files.deleteIfExists(growing);
            } catch (IOException e) {
                throw cannotWrite(growing, e);
            }
        }
    }

    private static byte[] header(Map<String, String> metadata, List<Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Set<String> names = new HashSet<>();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart("__metadata__");
                metadata.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            long at = 0;
            for (Entry entry : entries) {
                if (!names.add(entry.name())) {
                    throw new IllegalArgumentException("two tensors are called '" + entry.name() + "'");
                }
                json.writeObjectPropertyStart(entry.name());
                json.writeStringProperty("dtype", entry.wide() ? "F64" : "F32");
                json.writeName("shape");
                json.writeArray(entry.shape(), 0, entry.shape().length);
                json.writeName("data_offsets");
                json.writeArray(new long[] {at, at + entry.bytes()}, 0, 2);
                json.writeEndObject();
                at += entry.bytes();
            }
            json.writeEndObject();
        }
        while (bytes.size() % 8 != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    private void writeHeader(byte[] header) {
        room(Long.BYTES);
        buffer.putLong(header.length);
        for (int done = 0; done < header.length; ) {
            int piece = Math.min(header.length - done, room(1));
            buffer.put(header, done, piece);
            done += piece;
        }
    }

    private void expect(String name, boolean wide, int count) {
        if (current == entries.size()) {
            throw new IllegalStateException("tensor '" + name + "' comes after the last one");
        }
        Entry entry = entries.get(current);
        long left = entry.count() - written;
        if (!entry.name().equals(name) || entry.wide() != wide || count > left) {
            throw new IllegalStateException(count + (wide ? " F64" : " F32") + " values of tensor '" + name
                    + "' were given, expected up to " + left + (entry.wide() ? " F64" : " F32") + " values of '"
                    + entry.name() + "'");
        }
    }

    private void advance(int count) {
        written += count;
        skipComplete();
    }

    /** Goes on to the next tensor that has values to come. */
    private void skipComplete() {
        while (current < entries.size() && written == entries.get(current).count()) {
            current++;
            written = 0;
        }
    }

    /** How many values of a width fit into the buffer, at least one. */
    private int room(int width) {
        if (buffer.remaining() < width) {
            try {
                drain();
            } catch (IOException e) {
                throw cannotWrite(target, e);
            }
        }
        return buffer.remaining() / width;
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** So that the new name survives a power cut; where folders cannot be forced, the file system does without. */
    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException _) {
            return;
        }
    }

    private static InputException cannotWrite(Path path, IOException e) {
        return new InputException(
                path + " cannot be written (" + IoReason.of(e) + "); free some space or choose another place.", e);
    }
}
