package org.rankgrid.backends.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.BackendProvider;

class VectorProviderTest {

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(BackendProvider.class)).anySatisfy(provider -> {
            assertThat(provider.id()).isEqualTo("vector");
            assertThat(provider.preference()).isEqualTo(50);
        });
    }

    @Test
    void withoutTheModuleItSaysWhichFlagIsMissing() throws Exception {
        assertThat(probeIn()).contains("Unavailable").contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void aWidthThatDoesNotExistIsRefused() throws Exception {
        assertThat(probeIn("--add-modules", "jdk.incubator.vector", "-Drankgrid.vector.bits=300"))
                .contains("Unavailable")
                .contains("'300'")
                .contains("128, 256 or 512");
    }

    @Test
    void saysHowWideTheVectorsAre() throws Exception {
        assertThat(probeIn("--add-modules", "jdk.incubator.vector", "-Drankgrid.vector.bits=128"))
                .contains("Available")
                .contains("128-bit");
    }

    /** What a provider answers in another virtual machine. */
    private static String probeIn(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Prints what the provider answers. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] args) {
            System.out.println(new VectorProvider().probe());
        }
    }
}
