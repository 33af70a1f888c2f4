package org.rankgrid.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The variables and folders of the person who runs the process.
 *
 * @param variables environment variables by name
 * @param home the person's home folder
 * @param system the operating system's name, as the JDK gives it
 */
public record Environment(Map<String, String> variables, Path home, String system) {

    /** Copies the map. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** That of this process. */
    public static Environment ofProcess() {
        return new Environment(
                System.getenv(), Path.of(System.getProperty("user.home", "")), System.getProperty("os.name", ""));
    }

    /** The value of a variable; one that is set to nothing counts as not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** A variable's value as a folder, with a leading {@code ~} standing for the home folder. */
    public Optional<Path> folder(String name) {
        return variable(name).map(this::expand);
    }

    /** Whether the system is Windows. */
    public boolean windows() {
        return system.startsWith("Windows");
    }

    /**
     * Where rankgrid keeps what it can compute or fetch again: the option, else {@code RANKGRID_CACHE}, else the user's cache
     * folder ({@code XDG_CACHE_HOME} or the system's own place).
     *
     * @param option the value of {@code --cache}
     */
    public Path cacheFolder(Optional<Path> option) {
        return option.or(() -> folder("RANKGRID_CACHE"))
                .orElseGet(() -> userCache().resolve("rankgrid"))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Where the person keeps data sets: the option, else {@code RANKGRID_DATA}, else nowhere.
     *
     * @param option the value of {@code --data}
     */
    public Optional<Path> dataFolder(Optional<Path> option) {
        return option.or(() -> folder("RANKGRID_DATA"))
                .map(path -> path.toAbsolutePath().normalize());
    }

    /** The user's cache folder for all programs. */
    private Path userCache() {
        // The XDG rules have relative values ignored.
        Optional<Path> xdg = folder("XDG_CACHE_HOME").filter(Path::isAbsolute);
        if (xdg.isPresent()) {
            return xdg.get();
        }
        if (windows()) {
            return folder("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
        }
        return system.startsWith("Mac") ? home.resolve("Library").resolve("Caches") : home.resolve(".cache");
    }

    private Path expand(String value) {
        if (value.equals("~")) {
            return home;
        }
        return value.startsWith("~/") ? home.resolve(value.substring(2)) : Path.of(value);
    }
}
