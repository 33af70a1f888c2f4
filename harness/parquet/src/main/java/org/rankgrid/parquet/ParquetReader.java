package org.rankgrid.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.task.TableReader;

/** Reads Parquet files with DuckDB, in memory and on one thread, so that rows come in file order; nothing is downloaded. */
public final class ParquetReader implements TableReader {

    /** Names of folders would become columns if they look like {@code key=value}. */
    private static final String QUERY = "SELECT * FROM read_parquet(?, hive_partitioning = false)";

    private static final Map<String, String> SETTINGS = Map.of(
            "threads", "1",
            "memory_limit", "1GB",
            "preserve_insertion_order", "true",
            "autoinstall_known_extensions", "false",
            "autoload_known_extensions", "false",
            "jdbc_stream_results", "true");

    /** The reader; DuckDB is loaded with the first file. */
    public ParquetReader() {}

    @Override
    public String id() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "Reads data sets in Parquet files, with DuckDB.";
    }

    @Override
    public Set<String> extensions() {
        return Set.of("parquet");
    }

    @Override
    public void read(Path file, Consumer<SequencedMap<String, @Nullable Object>> rows) {
        Properties settings = new Properties();
        settings.putAll(SETTINGS);
        // Not DriverManager, which hides drivers that lie in a plugin's class loader.
        try (Connection database = new DuckDBDriver().connect("jdbc:duckdb:", settings);
                PreparedStatement query = database.prepareStatement(QUERY)) {
            query.setString(1, literal(file));
            try (ResultSet result = query.executeQuery()) {
                for (long number = 1; result.next(); number++) {
                    rows.accept(row(file, number, result));
                }
            }
        } catch (SQLException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
            throw new InputException(
                    file + " cannot be read as a Parquet file (" + reason + "), copy or download it again.", e);
        } catch (LinkageError e) {
            throw new InputException(
                    file + " cannot be read: DuckDB does not load (" + e.getMessage()
                            + "), put the jar of org.duckdb:duckdb_jdbc for this system beside rankgrid-parquet's.",
                    e);
        }
    }

    private static SequencedMap<String, @Nullable Object> row(Path file, long number, ResultSet result)
            throws SQLException {
        SequencedMap<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String column = result.getMetaData().getColumnName(i);
            try {
                row.put(column, ColumnValues.plain(result.getObject(i)));
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        file + " row " + number + ": the column '" + column + "' ("
                                + result.getMetaData().getColumnTypeName(i) + ") holds " + e.getMessage()
                                + ", convert the file to JSON lines without it.",
                        e);
            }
        }
        return row;
    }

    /** The path with what DuckDB would take for a pattern in brackets of its own. */
    private static String literal(Path file) {
        return file.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]");
    }
}
