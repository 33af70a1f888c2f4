package org.rankgrid.model.weights;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;

/** Opens the weights of a model, whatever the form they are in. */
public final class WeightFiles {

    private static final String EXPECTED =
            "expected a folder in the Hugging Face layout, a .safetensors file or a .gguf file";

    private WeightFiles() {}

    /**
     * Opens a folder of safetensors, a {@code .safetensors} file or a {@code .gguf} file.
     *
     * @throws InputException if the path is none of these, or what is there is damaged
     */
    public static Weights open(Path model, Fingerprints fingerprints) {
        if (Files.isDirectory(model)) {
            return SafetensorsWeights.open(model, fingerprints);
        }
        if (!Files.exists(model)) {
            throw new InputException(model + ": no such file or folder" + neighbour(model) + "; " + EXPECTED + ".");
        }
        String name = String.valueOf(model.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".gguf")) {
            return GgufWeights.open(model, fingerprints);
        }
        if (name.endsWith(".safetensors")) {
            return SafetensorsWeights.open(model, fingerprints);
        }
        throw new InputException(model + " is no model; " + EXPECTED + ".");
    }

    private static String neighbour(Path model) {
        Path folder = model.toAbsolutePath().getParent();
        List<String> names = new ArrayList<>();
        if (folder != null && model.getFileName() != null) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
                found.forEach(path -> names.add(String.valueOf(path.getFileName())));
            } catch (IOException _) {
                return "";
            }
        }
        return NearestNames.hint(String.valueOf(model.getFileName()), names);
    }
}
