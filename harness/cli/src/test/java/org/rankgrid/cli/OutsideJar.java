package org.rankgrid.cli;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.rankgrid.numerics.Apportionment;
import org.rankgrid.spi.allocate.Allocator;

/** A jar of allocators as somebody outside builds it: against spi and numerics, and nothing else of rankgrid. */
final class OutsideJar {

    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();

    /**
     * Adds an allocator.
     *
     * @param name of its class
     * @param id its id
     * @param body the body of its method {@code allocate(Allocation allocation)}
     * @param more further members of the class
     */
    OutsideJar with(String name, String id, String body, String... more) {
        return providing(Allocator.class, name, """
                package outside;
                import java.util.*;
                import org.rankgrid.numerics.*;
                import org.rankgrid.spi.allocate.*;
                import org.rankgrid.spi.option.*;
                import org.rankgrid.spi.rank.*;
                public class %s implements Allocator {
                    public String id() { return "%s"; }
                    public String summary() { return "Somebody's idea of allocation."; }
                    public Set<Need> needs(Options options) { return Set.of(); }
                    public RankWish allocate(Allocation allocation) {
                        %s
                    }
                    %s
                }
                """.formatted(name, id, body, String.join("\n", more)));
    }

    /** Adds any provider. */
    OutsideJar providing(Class<?> service, String name, String source) {
        sources.put(name, source);
        services.computeIfAbsent(service.getName(), any -> new ArrayList<>()).add("outside." + name);
        return this;
    }

    /** Compiles the classes and writes the jar. */
    Path write(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Path classes = Files.createTempDirectory("outside");
        List<? extends JavaFileObject> units = sources.entrySet().stream()
                .map(source -> unit(source.getKey(), source.getValue()))
                .toList();
        String path = place(Allocator.class) + File.pathSeparator + place(Apportionment.class);
        StringWriter messages = new StringWriter();
        if (!ToolProvider.getSystemJavaCompiler()
                .getTask(
                        messages, null, null, List.of("-d", classes.toString(), "-cp", path, "-proc:none"), null, units)
                .call()) {
            throw new IllegalStateException("the test's plugin does not compile: " + messages);
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
            for (Map.Entry<String, List<String>> service : services.entrySet()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                out.write(String.join("\n", service.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static JavaFileObject unit(String name, String source) {
        return new SimpleJavaFileObject(URI.create("string:///outside/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
