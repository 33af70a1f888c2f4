package org.rankgrid.data.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rankgrid.data.IoReason;
import org.rankgrid.data.jsonl.JsonRecords;
import org.rankgrid.data.text.TextSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.Sha256;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSet;
import org.rankgrid.spi.task.TableReader;

/**
 * Reads files into rows: JSON by itself, other formats by plugins.
 *
 * @param plugins readers of other formats
 */
record RowReader(List<TableReader> plugins) {

    /** Bytes a file may have, unpacked: it is read whole. */
    private static final int LARGEST = 512 << 20;

    /** Rows a split may have; the largest that tasks read have some hundred thousand. */
    private static final int MOST_ROWS = 4_000_000;

    RowReader {
        plugins = List.copyOf(plugins);
    }

    /**
     * The rows of some files, one after the other; the fingerprint is the hash of the unpacked bytes of the only file, or of
     * the hashes of several.
     *
     * @throws InputException if one cannot be read, is damaged or too large, or there is no row
     */
    DataSet read(List<Path> files) {
        List<DataRow> rows = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        RowBudget budget = budget();
        for (Path file : files) {
            hashes.add(
                    isJson(file)
                            ? json(file.toString(), TextSource.file(file), rows, budget)
                            : table(file, rows, budget));
        }
        if (rows.isEmpty()) {
            throw new InputException(files.getFirst() + " holds no rows, choose another file or download it again.");
        }
        return new DataSet(hashes.size() == 1 ? hashes.getFirst() : Sha256.of(String.join("\n", hashes)), rows);
    }

    /**
     * The rows in the jar.
     *
     * @throws InputException if the jar was altered
     */
    static DataSet read(BundledSplit split) {
        List<DataRow> rows = new ArrayList<>();
        String hash = json(split.resource(), split.source(), rows, budget());
        if (!hash.equals(split.sha256())) {
            throw new InputException("The bundled file " + split.resource() + " is damaged, its sha256 is " + hash
                    + ", expected " + split.sha256() + ", install rankgrid again.");
        }
        return new DataSet(hash, rows);
    }

    private static String json(String name, TextSource source, List<DataRow> rows, RowBudget budget) {
        byte[] bytes = source.readBytes(LARGEST);
        JsonRecords.read(name, bytes, line -> {
            DataRow row = new DataRow(name + " line " + line.number(), JsonValues.fields(line));
            budget.take(name, row.fields());
            rows.add(row);
        });
        return Sha256.of(bytes);
    }

    private String table(Path file, List<DataRow> rows, RowBudget budget) {
        String kind = kind(file);
        TableReader reader = plugins.stream()
                .filter(plugin -> plugin.extensions().contains(kind))
                .findFirst()
                .orElseThrow(() -> noReader(file, kind));
        String hash = hash(file);
        int before = rows.size();
        reader.read(file, fields -> {
            budget.take(file.toString(), fields);
            rows.add(new DataRow(file + " row " + (rows.size() - before + 1), fields));
        });
        return hash;
    }

    private static RowBudget budget() {
        return new RowBudget(MOST_ROWS, LARGEST);
    }

    private static InputException noReader(Path file, String kind) {
        return new InputException(
                kind.equals("parquet")
                        ? file
                                + " is a Parquet file, and what reads those is an optional plugin: put rankgrid-parquet's"
                                + " jar and org.duckdb:duckdb_jdbc's into a folder of their own in the plugins folder"
                                + " (plugins/parquet beside the grid, or see --plugins), or convert the file to JSON"
                                + " lines."
                        : file
                                + ": rows are read from files that end in .jsonl, .json (each also with .gz) or .parquet,"
                                + " and this one does not, rename or convert it.");
    }

    private static boolean isJson(Path file) {
        return List.of("jsonl", "json").contains(kind(file));
    }

    /** The ending that tells how a file is read, without {@code .gz}; empty if there is none. */
    private static String kind(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String bare = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        return Optional.of(bare.lastIndexOf('.'))
                .filter(dot -> dot >= 0)
                .map(dot -> bare.substring(dot + 1))
                .orElse("");
    }

    private static String hash(Path file) {
        MessageDigest digest = Sha256.digest();
        try {
            if (Files.size(file) > LARGEST) {
                throw new InputException(file + " is longer than the " + (LARGEST >> 20)
                        + " MiB that a file of rows may have, split it into smaller files.");
            }
            try (InputStream stream = new DigestInputStream(Files.newInputStream(file), digest)) {
                stream.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new InputException(file + " cannot be read: " + IoReason.of(e) + ".", e);
        }
        return Sha256.of(digest);
    }
}
