package org.rankgrid.data.text;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.rankgrid.spi.InputException;

/**
 * A UTF-8 text that is read as it is or refused: gzip is undone by the file's first bytes, never by its name, and malformed
 * bytes are errors with their line.
 */
public final class TextSource {

    /** No text that is read whole may be longer, unpacked: it has to fit a Java string and the memory. */
    private static final int LARGEST = 512 << 20;

    /** Opens the unpacked bytes. */
    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private final String name;
    private final Opener opener;

    private TextSource(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** A text in a file, named by its path in messages. */
    public static TextSource file(Path file) {
        return new TextSource(file.toString(), () -> {
            if (Files.isDirectory(file)) {
                throw new IOException("it is a folder");
            }
            return unpacked(Files.newInputStream(file));
        });
    }

    /** A text that is in memory already, unpacked; the bytes are not copied. */
    public static TextSource bytes(String name, byte[] bytes) {
        return new TextSource(name, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * A text in a jar.
     *
     * @param owner a class beside which the resource lies
     * @param resource its name relative to the class
     */
    public static TextSource resource(Class<?> owner, String resource) {
        return new TextSource(resource, () -> {
            InputStream stream = owner.getResourceAsStream(resource);
            if (stream == null) {
                throw new FileNotFoundException("there is no such resource beside " + owner.getName());
            }
            return unpacked(stream);
        });
    }

    /** What messages call this text. */
    public String name() {
        return name;
    }

    /**
     * The whole text, line ends untouched.
     *
     * @throws InputException if it cannot be read, is cut, is not UTF-8 or is larger than 512 MiB
     */
    public String readAll() {
        byte[] bytes = readBytes(LARGEST);
        return decode(bytes, bytes.length, 1);
    }

    /**
     * The whole text's bytes, unpacked.
     *
     * @param largest how many it may have
     * @throws InputException if it cannot be read, is cut or has more bytes
     */
    public byte[] readBytes(int largest) {
        LineFeeds lineFeeds = new LineFeeds();
        try (InputStream stream = lineFeeds.of(opener.open())) {
            byte[] bytes = stream.readNBytes(largest);
            if (bytes.length == largest && stream.read() >= 0) {
                throw new InputException(name + " is longer than the " + size(largest)
                        + " that a text may have, split it into smaller files.");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(e, lineFeeds.seen + 1);
        }
    }

    /**
     * Reads the text line by line in memory that does not grow with it.
     *
     * @param longest bytes that a line may have
     * @param reader gets each line without its end (LF or CRLF) and its number from 1
     * @throws InputException if it cannot be read, is cut, is not UTF-8 or has a line that is too long
     */
    public void forEachLine(int longest, LineReader reader) {
        int number = 1;
        try (InputStream stream = opener.open()) {
            byte[] line = new byte[Math.min(longest, 8192)];
            int length = 0;
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                if (next == '\n') {
                    reader.line(withoutReturn(decode(line, length, number)), number);
                    length = 0;
                    number++;
                    continue;
                }
                if (length == longest) {
                    throw new InputException(name + " line " + number + ": the line is longer than " + longest
                            + " bytes, is it really a file of lines?");
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, (int) Math.min(longest, 2L * length));
                }
                line[length++] = (byte) next;
            }
            if (length > 0) {
                reader.line(withoutReturn(decode(line, length, number)), number);
            }
        } catch (IOException e) {
            throw unreadable(e, number);
        }
    }

    /** Receives the lines of a text. */
    @FunctionalInterface
    public interface LineReader {

        /** One line without its end, and its number from 1. */
        void line(String line, int number);
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static String size(int bytes) {
        return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MiB";
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(raw, 1 << 16);
        try {
            stream.mark(2);
            boolean gzip = stream.read() == 0x1f && stream.read() == 0x8b;
            stream.reset();
            return gzip ? new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16) : stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** @param line that was being read */
    private InputException unreadable(IOException e, int line) {
        String sentence = switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "this user may not read it";
            case EOFException _ ->
                "the compressed file ends in the middle, in line " + line + ", copy or download it again";
            case ZipException zip ->
                "the compressed file is damaged in or after line " + line + " (" + zip.getMessage()
                        + "), copy or download it again";
            default -> String.valueOf(e.getMessage());
        };
        return new InputException(name + " cannot be read: " + sentence + ".", e);
    }

    /** Counts the line feeds of a stream. */
    private static final class LineFeeds {

        private int seen;

        InputStream of(InputStream stream) {
            return new FilterInputStream(stream) {
                @Override
                public int read() throws IOException {
                    int next = super.read();
                    seen += next == '\n' ? 1 : 0;
                    return next;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = super.read(bytes, offset, length);
                    for (int i = offset; i < offset + count; i++) {
                        seen += bytes[i] == '\n' ? 1 : 0;
                    }
                    return count;
                }
            };
        }
    }

    private String decode(byte[] bytes, int length, int firstLine) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        // UTF-8 never has fewer bytes than UTF-16 has units.
        CharBuffer out = CharBuffer.allocate(length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = firstLine;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new InputException("%s line %d: the byte 0x%02x is not UTF-8 text here, save the file as UTF-8."
                    .formatted(name, line, bytes[in.position()]));
        }
        return out.flip().toString();
    }
}
