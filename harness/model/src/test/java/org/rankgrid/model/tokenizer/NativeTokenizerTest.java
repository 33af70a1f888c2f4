package org.rankgrid.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeTokenizerTest {

    private static final List<String> SWITCHES = List.of("ai.djl.offline", "OPT_OUT_TRACKING", "RUST_FLAVOR");

    @Test
    void theSwitchesAreSetBeforeTheFirstClassOfDjlIsLoaded() throws ReflectiveOperationException {
        Map<String, String> before = new HashMap<>();
        SWITCHES.forEach(name -> before.put(name, System.getProperty(name)));
        try {
            SWITCHES.forEach(System::clearProperty);
            WatchingLoader loader = new WatchingLoader();
            Class<?> anew = Class.forName(NativeTokenizer.class.getName(), true, loader);
            assertThat(anew).isNotEqualTo(NativeTokenizer.class);
            var open = anew.getDeclaredMethod("open", String.class, String.class);
            open.setAccessible(true);
            assertThatThrownBy(() -> open.invoke(null, "x", "{}")).hasStackTraceContaining("the first class of DJL");
            assertThat(loader.seen)
                    .containsEntry("ai.djl.offline", "true")
                    .containsEntry("OPT_OUT_TRACKING", "true")
                    .containsEntry("RUST_FLAVOR", "cpu");
        } finally {
            before.forEach((name, value) -> {
                if (value == null) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, value);
                }
            });
        }
    }

    /** Defines the tokenizers anew, and notes the switches when DJL is asked for; it never gives a class of DJL. */
    private static final class WatchingLoader extends ClassLoader {

        private final Map<String, String> seen = new HashMap<>();

        WatchingLoader() {
            super(NativeTokenizer.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("ai.djl.")) {
                SWITCHES.forEach(property -> seen.putIfAbsent(property, System.getProperty(property, "not set")));
                throw new ClassNotFoundException("the first class of DJL: " + name);
            }
            if (!name.equals(NativeTokenizer.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
