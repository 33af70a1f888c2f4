package org.rankgrid.engine.grid;

import java.nio.file.Path;
import java.util.List;
import org.rankgrid.data.yaml.YamlDocument;
import org.rankgrid.data.yaml.YamlFindings;
import org.rankgrid.data.yaml.YamlNode;
import org.rankgrid.engine.plugin.OptionFiles;
import org.rankgrid.engine.plugin.Plugins;

/** Reads grid files. */
public final class GridFile {

    private GridFile() {}

    /**
     * The grid of a file.
     *
     * @param grid the file; paths in options are relative to its folder
     * @param overrides values that replace those of the file, {@code path=value} each: {@code ratios=[0.2]},
     *     {@code allocators.1.alpha=0.5}, {@code allocators.mgaa.alpha=0.5}, {@code calibration.sequences=8}
     * @param plugins what ids may name
     * @param names what models and corpora may name
     * @throws GridProblems with every problem, if there is any
     * @throws org.rankgrid.spi.InputException if the file cannot be read or is no YAML
     */
    public static GridSpec read(Path grid, List<String> overrides, Plugins plugins, Names names) {
        Path folder = grid.toAbsolutePath().getParent();
        return parse(
                grid.toString(),
                YamlDocument.readText(grid),
                folder == null ? grid.toAbsolutePath() : folder,
                overrides,
                plugins,
                names);
    }

    /**
     * The grid of a text, as {@link #read}.
     *
     * @param name what the text is called in messages; the grid's name too, without ending, if the text gives none
     * @param folder what paths in options are relative to
     */
    public static GridSpec parse(
            String name, String text, Path folder, List<String> overrides, Plugins plugins, Names names) {
        YamlFindings findings = new YamlFindings();
        YamlNode root = YamlDocument.parse(name, text, findings::problem);
        for (String override : overrides) {
            root = Setting.of(override).applyTo(root, findings);
        }
        GridReader reader = new GridReader(plugins, names, new OptionFiles(folder), findings);
        GridSpec spec = reader.read(root, stem(name)).orElse(null);
        if (spec == null || findings.problemCount() > 0) {
            throw new GridProblems(findings.problems());
        }
        return spec;
    }

    private static String stem(String name) {
        String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return file.replaceFirst("\\.ya?ml$", "");
    }
}
