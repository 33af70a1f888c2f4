package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.compute.RowSource;

/** On a file that the reference implementation wrote: see make_fixtures.py. */
class SafetensorsFileTest {

    @TempDir
    Path folder;

    private SafetensorsFile file;

    @BeforeEach
    void open() throws IOException {
        file = SafetensorsFile.open(copyTo(folder.resolve("reference.safetensors")));
    }

    @AfterEach
    void close() {
        file.close();
    }

    static Path copyTo(Path path) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(SafetensorsFileTest.class.getResourceAsStream("reference.safetensors"))) {
            Files.copy(in, path);
        }
        return path;
    }

    @Test
    void namesComeInTheOrderOfTheBytes() {
        assertThat(file.names())
                .containsExactly("double", "cube", "empty", "scalar", "single", "brain", "half", "mask");
    }

    @Test
    void metadataIsRead() {
        assertThat(file.metadata()).containsOnly(entry("format", "np"), entry("made by", "safetensors"));
    }

    @Test
    void shapesAndTypesAreThoseOfTheHeader() {
        assertThat(file.shape("single")).containsExactly(5, 3);
        assertThat(file.shape("scalar")).isEmpty();
        assertThat(file.shape("empty")).containsExactly(0, 3);
        assertThat(file.type("brain")).isEqualTo("BF16");
        assertThat(file.type("mask")).isEqualTo("BOOL");
    }

    @Test
    void singlePrecisionRowsAreRead() {
        RowSource rows = file.rows("single");
        assertThat(rows.rows()).isEqualTo(5);
        assertThat(rows.columns()).isEqualTo(3);
        float[] values = rows.readAll();
        for (int i = 0; i < 15; i++) {
            assertThat(values[i]).isEqualTo((float) (-1 + i * (2.0 / 14)));
        }
        float[] some = {9, 9, 9, 9, 9, 9, 9, 9};
        rows.read(2, 2, some, 1);
        assertThat(some).containsExactly(9, values[6], values[7], values[8], values[9], values[10], values[11], 9);
    }

    @Test
    void halfAndBrainFloatsAreRead() {
        assertThat(file.floats("half"))
                .containsExactly(
                        -0.75f, -0.625f, -0.5f, -0.375f, -0.25f, -0.125f, 0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f);
        assertThat(file.rows("brain").readAll()).containsExactly(-1, -0.75f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.75f);
    }

    @Test
    void doublesAreReadAsTheyAreAndNarrowerTypesAreWidened() {
        assertThat(file.doubles("double")).containsExactly(1.0 / 3, 2e300, -0.0);
        assertThat(file.doubles("half")).startsWith(-0.75, -0.625).hasSize(12);
    }

    @Test
    void arraysAreReadFromAnyShape() {
        assertThat(file.floats("cube")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(file.floats("scalar")).containsExactly(2.5f);
        assertThat(file.floats("empty")).isEmpty();
    }

    @Test
    void aPrefixIsTheFirstValuesOfTheFirstRows() {
        RowSource prefix = file.prefix("half", 2, 3);
        assertThat(prefix.rows()).isEqualTo(2);
        assertThat(prefix.columns()).isEqualTo(3);
        assertThat(prefix.readAll()).containsExactly(-0.75f, -0.625f, -0.5f, -0.25f, -0.125f, 0);
        float[] last = new float[4];
        file.prefix("single", 5, 1).read(3, 2, last, 2);
        assertThat(last).containsExactly(0, 0, file.floats("single")[9], file.floats("single")[12]);
        assertThat(file.prefix("single", 0, 0).readAll()).isEmpty();
    }

    @Test
    void aPrefixLargerThanTheTensorIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> file.prefix("half", 2, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a 3 x 4 matrix has no prefix of 2 x 5");
    }

    @Test
    void rowsOutsideTheTensorAreAMistakeOfTheProgram() {
        RowSource rows = file.rows("single");
        assertThatThrownBy(() -> rows.read(4, 2, new float[6], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.read(-1, 1, new float[6], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> rows.read(0, 2, new float[6], 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aMissingTensorIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> file.rows("singel"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        folder.resolve("reference.safetensors") + ": has no tensor 'singel' (did you mean 'single'?).");
    }

    @Test
    void typesThatAreNoFloatsAreRefusedOnlyWhenAskedFor() {
        assertThatThrownBy(() -> file.rows("mask"))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("tensor 'mask'", "'BOOL'", "F32, F16 or BF16");
        assertThatThrownBy(() -> file.floats("double"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'F64'");
    }

    @Test
    void rowsNeedOneOrTwoDimensions() {
        assertThatThrownBy(() -> file.rows("cube"))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("tensor 'cube'", "[2, 2, 2]", "one or two dimensions");
        assertThatThrownBy(() -> file.rows("scalar")).isInstanceOf(InputException.class);
    }

    @Test
    void sourcesAreDeadAfterClosing() {
        RowSource rows = file.rows("single");
        file.close();
        file.close();
        assertThatThrownBy(rows::readAll).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void filesThatAreNoFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none.safetensors")))
                .isInstanceOf(InputException.class)
                .hasMessage(folder.resolve("none.safetensors")
                        + " cannot be read (no such file or folder); check the path.");
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a folder");
        Path pointer = Files.writeString(
                folder.resolve("lfs.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        assertThatThrownBy(() -> SafetensorsFile.open(pointer))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("git lfs pull");
    }
}
