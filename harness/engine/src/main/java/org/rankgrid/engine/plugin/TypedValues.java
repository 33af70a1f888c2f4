package org.rankgrid.engine.plugin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.rankgrid.data.yaml.ScalarType;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.data.yaml.YamlScalar;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.option.OptionType;

/**
 * Turns YAML nodes into values of option types. Nothing is coerced: {@code '3'} is a text and {@code 3.0} is not whole.
 *
 * @param files reads files that are named
 * @param findings receives what is wrong
 * @param allocators what an option that names an allocator may name
 * @param depth how many allocators the values read stand inside, each the start of the one around it
 */
public record TypedValues(OptionFiles files, YamlFindings findings, PluginSet<Allocator> allocators, int depth) {

    /** Values that stand in no reference to an allocator. */
    public TypedValues(OptionFiles files, YamlFindings findings, PluginSet<Allocator> allocators) {
        this(files, findings, allocators, 0);
    }

    /** The same, for the options of an allocator that is named by an option. */
    TypedValues deeper() {
        return new TypedValues(files, findings, allocators, depth + 1);
    }

    /**
     * The value of a node: Long, Double, Boolean, String, FileContent or AllocatorReference; empty, and a problem reported, if it has none.
     *
     * @param what what is being read, as the subject of a sentence
     */
    public Optional<Object> read(String what, OptionType type, YamlNode node) {
        if (type instanceof OptionType.Allocator) {
            return new ReferenceReader(this).read(what, node);
        }
        String found = node.describe();
        if (node instanceof YamlScalar scalar) {
            Optional<Object> value = convert(type, scalar);
            if (value.isPresent() && type instanceof OptionType.File) {
                return file(what, (String) value.get(), node);
            }
            if (value.isPresent() && OptionTypes.allows(type, value.get())) {
                return value;
            }
        }
        String hint = "";
        if (node instanceof YamlScalar scalar
                && scalar.type() != ScalarType.TAGGED
                && type instanceof OptionType.Choice(List<String> words)) {
            hint = NearestNames.hint(scalar.text(), words);
        }
        if (type instanceof OptionType.Text && node instanceof YamlScalar) {
            hint = "; put it in quotes if it is one";
        }
        findings.problem(node.problem(what + " is " + found + ", expected " + OptionTypes.expectation(type) + hint));
        return Optional.empty();
    }

    private static Optional<Object> convert(OptionType type, YamlScalar scalar) {
        return switch (type) {
            case OptionType.Whole _ -> {
                OptionalLong whole = scalar.whole();
                yield whole.isPresent() ? Optional.of(whole.getAsLong()) : Optional.empty();
            }
            // Adding zero makes -0.0 and 0.0 one value.
            case OptionType.Real _ ->
                scalar.decimal().map(BigDecimal::doubleValue).map(real -> real + 0.0);
            case OptionType.Flag _ -> scalar.flag().map(flag -> flag);
            case OptionType.Choice _ ->
                scalar.type() == ScalarType.TAGGED ? Optional.empty() : Optional.of(scalar.text());
            case OptionType.Text _ -> scalar.isText() ? Optional.of(scalar.text()) : Optional.empty();
            case OptionType.Allocator _ -> Optional.empty();
            case OptionType.File _ ->
                scalar.isText() && !scalar.text().isBlank() ? Optional.of(scalar.text()) : Optional.empty();
        };
    }

    private Optional<Object> file(String what, String name, YamlNode node) {
        try {
            return Optional.of(files.read(name));
        } catch (InputException e) {
            findings.problem(node.problem(what + " '" + name + "' " + e.getMessage()));
            return Optional.empty();
        }
    }
}
