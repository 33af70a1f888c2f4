package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rankgrid.engine.grid.GridFile;
import org.rankgrid.engine.grid.GridSpec;
import org.rankgrid.engine.grid.Names;
import org.rankgrid.engine.plugin.Plugins;

/** Every grid that comes with rankgrid names only what is there. */
class BundledGridsTest {

    private static final Plugins PLUGINS = Plugins.discover(List.of());

    private static Stream<Path> grids() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "grids"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void isSound(Path file) {
        GridSpec grid = GridFile.read(file, List.of(), PLUGINS, Names.lookingUp(_ -> {}, _ -> {}));

        assertThat(grid.warnings()).isEmpty();
        assertThat(grid.name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
    }
}
