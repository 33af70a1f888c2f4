package org.rankgrid.engine.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.rankgrid.spi.allocate.Allocator;

/** A plugin jar as an outsider builds it: sources compiled against the class path, a services file, a jar. */
public final class PluginJar {

    private static final String NEEDS_NOTHING = "public Set<Need> needs(Options options) { return Set.of(); }";

    private static final String BREAK_EVEN = """
            public RankWish allocate(Allocation allocation) {
                return new RankWish(allocation.layers().stream().mapToDouble(Layer::breakEvenRank).toArray());
            }
            """;

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();

    /** Adds a class of the package {@code acme}; the source has no package line. */
    public PluginJar with(String simpleName, String source) {
        sources.put(simpleName, "package acme;\n" + source);
        return this;
    }

    /** Adds a provider to a services file. */
    public PluginJar providing(Class<?> service, String className) {
        services.merge(service.getName(), className + "\n", String::concat);
        return this;
    }

    /** Adds an allocator class together with its line in the services file. */
    public PluginJar withAllocator(String simpleName, String id, String body) {
        return with(simpleName, allocator(simpleName, id, body)).providing(Allocator.class, "acme." + simpleName);
    }

    /** The source of an allocator that needs nothing and gives every layer its break-even rank, unless its body says else. */
    public static String allocator(String simpleName, String id, String body) {
        return """
                import java.util.*;
                import org.rankgrid.spi.allocate.*;
                import org.rankgrid.spi.option.*;
                import org.rankgrid.spi.rank.*;
                public class %s implements Allocator {
                    public String id() { return %s; }
                    public String summary() { return "A test's allocator."; }
                    %s
                    %s
                    %s
                }
                """.formatted(
                        simpleName,
                        "\"" + id + "\"",
                        body.contains(" needs(") ? "" : NEEDS_NOTHING,
                        body.contains(" allocate(") ? "" : BREAK_EVEN,
                        body);
    }

    /** Compiles and writes the jar. */
    public Path write(Path jar) {
        try {
            Path classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), ".classes");
            compile(classes);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    Stream<Path> files = Files.walk(classes)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, out);
                }
                for (Map.Entry<String, String> service : services.entrySet()) {
                    out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                    out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            delete(classes);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void compile(Path classes) {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(
                new SimpleJavaFileObject(URI.create("string:///acme/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                }));
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        StringWriter messages = new StringWriter();
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new IllegalStateException("the test's plugin does not compile: " + messages);
        }
    }
}
