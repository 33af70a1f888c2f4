package org.rankgrid.engine.plugin;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import org.rankgrid.spi.InputException;

/**
 * The jars of one plugin, loaded apart from all others: a jar in a plugin folder, or a sub-folder with a jar and the
 * libraries it brings.
 *
 * @param place the jar or the sub-folder
 * @param jars readable jars, sorted by name
 */
record PluginJars(Path place, List<Path> jars) {

    /** The name of the folder beside a grid, and of the environment variable with more folders. */
    static final String FOLDER = "plugins";

    static final String VARIABLE = "RANKGRID_PLUGINS";

    /** Where plugins are looked for: beside the grid if that folder exists, then the variable's folders, then those named. */
    static List<Path> folders(Optional<Path> grid, Map<String, String> environment, List<Path> named) {
        List<Path> folders = new ArrayList<>();
        grid.map(file -> file.toAbsolutePath().resolveSibling(FOLDER))
                .filter(Files::isDirectory)
                .ifPresent(folders::add);
        String variable = environment.getOrDefault(VARIABLE, "");
        for (String folder : variable.split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                try {
                    folders.add(Path.of(folder.strip()));
                } catch (InvalidPathException e) {
                    throw new InputException(VARIABLE + " names '" + folder + "', which is no path", e);
                }
            }
        }
        folders.addAll(named);
        return folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .distinct()
                .toList();
    }

    /** What lies in some folders (a path may also be a jar itself), each folder sorted by name. */
    static List<PluginJars> in(List<Path> folders, Consumer<PluginProblem> problems) {
        List<PluginJars> found = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.exists(folder)) {
                problems.accept(new PluginProblem("plugin folder " + folder + " does not exist"));
                continue;
            }
            if (!Files.isDirectory(folder) && !isJar(folder)) {
                problems.accept(new PluginProblem(folder + " is neither a folder of plugins nor a jar"));
                continue;
            }
            for (Path entry : Files.isDirectory(folder) ? list(folder, problems) : List.of(folder)) {
                boolean isFolder = Files.isDirectory(entry);
                List<Path> jars = (isFolder ? list(entry, problems) : List.of(entry))
                        .stream()
                                .filter(PluginJars::isJar)
                                .filter(file -> isReadable(file, problems))
                                .toList();
                if (!jars.isEmpty()) {
                    found.add(new PluginJars(entry, jars));
                }
            }
        }
        return found;
    }

    /** A loader of these jars' classes. It stays open: its plugins live as long as the process. */
    ClassLoader loader(ClassLoader shared) {
        URL[] urls = new URL[jars.size()];
        Arrays.setAll(urls, i -> url(jars.get(i)));
        return new URLClassLoader(place.toString(), urls, shared);
    }

    private static URL url(Path jar) {
        URI uri = jar.toUri();
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file's URI is a URL: " + uri, e);
        }
    }

    private static List<Path> list(Path folder, Consumer<PluginProblem> problems) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            problems.accept(new PluginProblem("plugin folder " + folder + " cannot be read: " + e.getMessage()));
        }
        entries.sort(null);
        return entries;
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    /** A class loader would pass over a damaged jar without a word. */
    private static boolean isReadable(Path jar, Consumer<PluginProblem> problems) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.size() >= 0;
        } catch (IOException e) {
            problems.accept(new PluginProblem(jar + " is not a readable jar: " + e.getMessage()));
            return false;
        }
    }
}
