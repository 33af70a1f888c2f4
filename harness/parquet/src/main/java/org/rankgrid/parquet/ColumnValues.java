package org.rankgrid.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** What DuckDB returns, as the values that a row may hold. */
final class ColumnValues {

    private ColumnValues() {}

    /**
     * The plain value; whole numbers are {@code Long}, those beyond its range and all others {@code Double}.
     *
     * @throws IllegalArgumentException if a row cannot hold it, with words that say what it is
     */
    static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean truth -> truth;
            case Byte _, Short _, Integer _, Long _ -> ((Number) value).longValue();
            case BigInteger big when big.bitLength() < Long.SIZE -> big.longValue();
            case BigInteger _, BigDecimal _, Float _, Double _ -> finite(((Number) value).doubleValue());
            case Array array -> list((Object[]) array.getArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Map<?, ?> map -> map(map);
            default -> throw new IllegalArgumentException("what is neither text, number, truth value, list nor struct");
        };
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a number that is not finite");
        }
        return value;
    }

    private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
        List<@Nullable Object> list = new ArrayList<>(elements.length);
        for (Object element : elements) {
            list.add(plain(element));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> entries) throws SQLException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return Collections.unmodifiableMap(map);
    }
}
