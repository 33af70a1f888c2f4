package org.rankgrid.engine.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rankgrid.engine.plugin.OptionTypes;
import org.rankgrid.spi.Plugin;

/** The readable part of a cell's id: lower-case letters, digits, points and hyphens. */
final class Slug {

    private static final int LONGEST = 100;
    private static final int LONGEST_PART = 40;

    private Slug() {}

    /** The slug of a dense model. */
    static String dense(String model) {
        return join(List.of(lastName(model), "dense"));
    }

    /** The slug of a compressed model: options at their defaults and seed 0 are left out. */
    static String compressed(String model, Compression compression) {
        List<String> parts = new ArrayList<>(List.of(lastName(model)));
        addChoice(parts, compression.factorization());
        addChoice(parts, compression.allocator());
        compression.ratio().ifPresent(ratio -> parts.add("r" + ratio.toPlainString()));
        if (compression.seed() != 0) {
            parts.add("s" + compression.seed());
        }
        return join(parts);
    }

    private static <P extends Plugin> void addChoice(List<String> parts, PluginChoice<P> choice) {
        parts.add(choice.id());
        for (Map.Entry<String, Object> option : choice.given().entrySet()) {
            parts.add(option.getKey() + "-" + lastName(OptionTypes.text(option.getValue())));
        }
    }

    /** A path's last name without the ending of a known kind of file; of a hub id, what stands after the slash. */
    private static String lastName(String text) {
        String trimmed = text.replaceFirst("[/\\\\]+$", "");
        String name = trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
        return name.replaceFirst("\\.(gguf|json)$", "");
    }

    private static String join(List<String> parts) {
        List<String> clean = parts.stream()
                .map(part -> part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"))
                .map(part -> part.substring(0, Math.min(part.length(), LONGEST_PART)))
                .map(part -> part.replaceAll("^[.-]+|[.-]+$", ""))
                .filter(part -> !part.isEmpty())
                .toList();
        String slug = String.join("-", clean);
        return slug.substring(0, Math.min(slug.length(), LONGEST)).replaceAll("[.-]+$", "");
    }
}
