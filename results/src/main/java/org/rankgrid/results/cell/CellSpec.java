package org.rankgrid.results.cell;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.rankgrid.spi.option.AllocatorReference;
import org.rankgrid.spi.option.FileContent;

/**
 * Which cell of a grid: the point where its axes cross.
 *
 * @param model the model as the grid names it
 * @param factorization id of the factorization; empty for the dense model
 * @param factorizationOptions its options, by name
 * @param allocator id of the allocator, or {@link #DENSE}
 * @param options its options, by name: Long, Double, Boolean or String; of a file its name and hash, of an
 *     allocator its id, or a map of its id and options
 * @param ratio the share of the linear layers' parameters that is removed, exact as written; 0 for the dense model, empty
 *     for a plan that is scored as it is
 * @param seed the seed; empty where nothing is drawn
 */
public record CellSpec(
        String model,
        Optional<String> factorization,
        SequencedMap<String, Object> factorizationOptions,
        String allocator,
        SequencedMap<String, Object> options,
        Optional<BigDecimal> ratio,
        OptionalLong seed) {

    /** The allocator of the cell that compresses nothing. */
    public static final String DENSE = "dense";

    /** Copies the options; files and allocators become what is recorded of them. */
    public CellSpec {
        factorizationOptions = recorded(factorizationOptions);
        options = recorded(options);
    }

    /** The dense cell of a model. */
    public static CellSpec dense(String model) {
        return new CellSpec(
                model,
                Optional.empty(),
                new LinkedHashMap<>(),
                DENSE,
                new LinkedHashMap<>(),
                Optional.of(BigDecimal.ZERO),
                OptionalLong.empty());
    }

    /** Whether this is the model as it is. */
    public boolean isDense() {
        return allocator.equals(DENSE);
    }

    private static SequencedMap<String, Object> recorded(Map<String, Object> options) {
        SequencedMap<String, Object> copy = new LinkedHashMap<>();
        options.forEach((name, value) -> copy.put(name, recordedValue(value)));
        return Collections.unmodifiableSequencedMap(copy);
    }

    private static Object recordedValue(Object value) {
        return switch (value) {
            case FileContent file -> recorded(file);
            case AllocatorReference reference when !reference.isPresent() -> "none";
            case AllocatorReference reference when reference.options().isEmpty() -> reference.id();
            case AllocatorReference reference -> {
                SequencedMap<String, Object> map = new LinkedHashMap<>();
                map.put("id", reference.id());
                map.putAll(recorded(reference.options()));
                yield map;
            }
            default -> value;
        };
    }

    private static SequencedMap<String, Object> recorded(FileContent file) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        map.put("file", file.name());
        map.put("sha256", file.sha256());
        return map;
    }
}
