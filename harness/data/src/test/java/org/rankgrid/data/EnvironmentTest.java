package org.rankgrid.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void theCacheOptionBeatsTheVariableBeatsTheUsersCacheFolder() {
        Environment both = linux(Map.of("RANKGRID_CACHE", "/big/cache", "XDG_CACHE_HOME", "/xdg"));
        assertThat(both.cacheFolder(Optional.of(Path.of("/option")))).isEqualTo(Path.of("/option"));
        assertThat(both.cacheFolder(Optional.empty())).isEqualTo(Path.of("/big/cache"));
        assertThat(linux(Map.of("XDG_CACHE_HOME", "/xdg")).cacheFolder(Optional.empty()))
                .isEqualTo(Path.of("/xdg/rankgrid"));
        assertThat(linux(Map.of()).cacheFolder(Optional.empty())).isEqualTo(HOME.resolve(".cache/rankgrid"));
    }

    @Test
    void aRelativeXdgFolderIsIgnoredAsItsRulesSay() {
        assertThat(linux(Map.of("XDG_CACHE_HOME", "cache")).cacheFolder(Optional.empty()))
                .isEqualTo(HOME.resolve(".cache/rankgrid"));
    }

    @Test
    void otherSystemsHaveTheirOwnPlaces() {
        assertThat(new Environment(Map.of(), HOME, "Mac OS X").cacheFolder(Optional.empty()))
                .isEqualTo(HOME.resolve("Library/Caches/rankgrid"));
        assertThat(new Environment(Map.of("LOCALAPPDATA", "/local"), HOME, "Windows 11").cacheFolder(Optional.empty()))
                .isEqualTo(Path.of("/local/rankgrid"));
    }

    @Test
    void aVariableSetToNothingCountsAsNotSetAndATildeIsTheHomeFolder() {
        Environment environment = linux(Map.of("RANKGRID_CACHE", " ", "RANKGRID_DATA", "~/data"));
        assertThat(environment.cacheFolder(Optional.empty())).isEqualTo(HOME.resolve(".cache/rankgrid"));
        assertThat(environment.dataFolder(Optional.empty())).contains(HOME.resolve("data"));
        assertThat(environment.dataFolder(Optional.of(Path.of("/option")))).contains(Path.of("/option"));
        assertThat(linux(Map.of()).dataFolder(Optional.empty())).isEmpty();
    }

    private static Environment linux(Map<String, String> variables) {
        return new Environment(variables, HOME, "Linux");
    }
}
