package org.rankgrid.backends.openblas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.Availability.Available;
import org.rankgrid.spi.Availability.Unavailable;
import org.rankgrid.spi.InputException;

class OpenBlasTest {

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsAReason() {
        OpenBlas missing = OpenBlas.open(Optional.of("/nowhere/liblapack.so"), folder);
        assertThat(reason(missing)).contains("RANKGRID_OPENBLAS", "/nowhere/liblapack.so");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(missing::library)
                .withMessage(reason(missing));
    }

    @Test
    void aFileThatIsNoLibraryIsAReasonInTheLoadersWords() throws Exception {
        Path text = Files.writeString(folder.resolve("libtext.so"), "no library ".repeat(1000));
        assertThat(reason(OpenBlas.open(Optional.of(text.toString()), folder)))
                .contains("Cannot load", text.toString())
                .containsAnyOf("ELF", "image", "format");
    }

    @Test
    void aLibraryWithoutLapackIsAReason() throws Exception {
        assumeTrue(OpenBlas.ofProcess().availability() instanceof Available);
        Path quadmath = CarriedLibraries.unpack(folder).getFirst();
        assertThat(reason(OpenBlas.open(Optional.of(quadmath.toString()), folder)))
                .contains(quadmath.toString(), "dsyevd_");
    }

    @Test
    void anotherLibraryCanBeNamed() throws Exception {
        assumeTrue(OpenBlas.ofProcess().availability() instanceof Available);
        List<Path> files = CarriedLibraries.unpack(folder);
        OpenBlas named = OpenBlas.open(Optional.of(files.getLast().toString()), folder);
        assertThat(named.availability()).isInstanceOf(Available.class);
        assertThat(OpenBlasAlgebraProvider.open(named)
                        .symmetricEigen(new double[] {0, 1, 1, 0}, 2)
                        .values())
                .containsExactly(1, -1);
    }

    @Test
    void theLibraryCarriedAlongIsTriedWhenItIsFirstUsed() {
        OpenBlas carried = OpenBlas.open(Optional.empty(), folder);
        assumeTrue(carried.availability() instanceof Available);
        assertThat(carried.library()).isSameAs(carried.library());
        assertThat(carried.availability())
                .isEqualTo(new Available(carried.library().description()));
    }

    @Test
    void aLibraryThatDoesNotTellItsVersionIsKnownByItsHash() throws Exception {
        assumeTrue(OpenBlas.ofProcess().availability() instanceof Available);
        Path quadmath = CarriedLibraries.unpack(folder).getFirst();
        assertThat(NativeLibrary.open(List.of(quadmath)).description())
                .matches("libquadmath\\.so\\.0 \\(sha256 [0-9a-f]{16}\\)");
    }

    private static String reason(OpenBlas openBlas) {
        assertThat(openBlas.availability()).isInstanceOf(Unavailable.class);
        List<String> reasons = ((Unavailable) openBlas.availability()).reasons();
        assertThat(reasons).hasSize(1);
        return reasons.getFirst();
    }
}
