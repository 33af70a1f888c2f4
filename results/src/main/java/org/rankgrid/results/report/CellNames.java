package org.rankgrid.results.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.rankgrid.results.cell.CellResult;
import org.rankgrid.results.cell.CellSpec;

/** Short names of the cells of one table: a plugin's options are named only where they vary. */
final class CellNames {

    private final Map<String, Set<String>> allocatorOptions;
    private final Map<String, Set<String>> factorizationOptions;
    private final boolean manyModels;
    private final boolean manyFactorizations;
    private final boolean manySeeds;

    CellNames(List<CellResult> cells) {
        Map<String, Set<Map<String, Object>>> ofAllocator = new HashMap<>();
        Map<String, Set<Map<String, Object>>> ofFactorization = new HashMap<>();
        for (CellResult result : cells) {
            CellSpec cell = result.cell();
            ofAllocator.computeIfAbsent(cell.allocator(), id -> new HashSet<>()).add(cell.options());
            cell.factorization()
                    .ifPresent(id -> ofFactorization
                            .computeIfAbsent(id, any -> new HashSet<>())
                            .add(cell.factorizationOptions()));
        }
        allocatorOptions = varying(ofAllocator);
        factorizationOptions = varying(ofFactorization);
        manyModels = cells.stream().map(cell -> cell.cell().model()).distinct().count() > 1;
        manyFactorizations = cells.stream()
                        .flatMap(cell -> cell.cell().factorization().stream()
                                .map(id -> id + cell.cell().factorizationOptions()))
                        .distinct()
                        .count()
                > 1;
        manySeeds = cells.stream()
                        .flatMapToLong(cell -> cell.cell().seed().stream())
                        .distinct()
                        .count()
                > 1;
    }

    /** Whether there are cells of several models. */
    boolean manyModels() {
        return manyModels;
    }

    /** Whether there are cells of several factorizations, or of several variants of one. */
    boolean manyFactorizations() {
        return manyFactorizations;
    }

    /** Whether there are cells of several seeds. */
    boolean manySeeds() {
        return manySeeds;
    }

    String allocator(CellSpec cell) {
        return named(cell.allocator(), cell.options(), allocatorOptions);
    }

    String factorization(CellSpec cell) {
        return cell.factorization()
                .map(id -> named(id, cell.factorizationOptions(), factorizationOptions))
                .orElse("");
    }

    String ratio(CellSpec cell) {
        return cell.ratio()
                .map(ratio ->
                        ratio.signum() == 0 ? "0" : ratio.stripTrailingZeros().toPlainString())
                .orElse("");
    }

    String seed(CellSpec cell) {
        return cell.seed().isPresent() ? Long.toString(cell.seed().getAsLong()) : "";
    }

    /** The whole name, for a sentence. */
    String full(CellSpec cell) {
        StringJoiner name = new StringJoiner(", ");
        if (manyModels) {
            name.add(cell.model());
        }
        if (manyFactorizations && cell.factorization().isPresent()) {
            name.add(factorization(cell));
        }
        name.add(allocator(cell));
        cell.ratio().filter(ratio -> !cell.isDense()).ifPresent(ratio -> name.add("ratio " + ratio(cell)));
        if (manySeeds && cell.seed().isPresent()) {
            name.add("seed " + seed(cell));
        }
        return name.toString();
    }

    private static Map<String, Set<String>> varying(Map<String, Set<Map<String, Object>>> optionsById) {
        Map<String, Set<String>> varying = new HashMap<>();
        optionsById.forEach((id, variants) -> {
            Set<String> names = new HashSet<>();
            variants.forEach(options -> names.addAll(options.keySet()));
            names.removeIf(name -> variants.stream()
                            .map(options -> String.valueOf(options.get(name)))
                            .distinct()
                            .count()
                    < 2);
            varying.put(id, names);
        });
        return varying;
    }

    private static String named(String id, Map<String, Object> options, Map<String, Set<String>> varying) {
        StringBuilder name = new StringBuilder(id);
        Set<String> shown = varying.getOrDefault(id, Set.of());
        options.forEach((option, value) -> {
            if (shown.contains(option)) {
                name.append(' ').append(option).append('=').append(text(value));
            }
        });
        return name.toString();
    }

    /** Of a file its name, of an allocator {@code id:option=value}. */
    private static String text(Object value) {
        if (!(value instanceof Map<?, ?> recorded)) {
            return String.valueOf(value);
        }
        if (recorded.get("file") instanceof String file) {
            return file;
        }
        return recorded.entrySet().stream()
                .map(part -> part.getKey().equals("id")
                        ? text(part.getValue())
                        : part.getKey() + "=" + text(part.getValue()))
                .collect(Collectors.joining(":"));
    }
}
