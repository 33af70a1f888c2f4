package org.rankgrid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.compute.Activation;
import org.rankgrid.spi.compute.Linear;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

/** Scopes, upload and download. */
abstract class ScopeContract extends OperationContract {

    ScopeContract(BackendContract contract) {
        super(contract);
    }

    @Test
    void saysWhatRan() {
        assertThat(backend().facts()).containsKeys("threads", "determinism");
    }

    @Test
    void downloadsWhatWasUploaded() {
        float[] values = random(5 * 7, 1);
        Tensor tensor = scope().upload(values, 5, 7);
        assertThat(tensor.rows()).isEqualTo(5);
        assertThat(tensor.columns()).isEqualTo(7);
        assertThat(download(tensor)).isEqualTo(values);

        float[] some = new float[2 * 7];
        backend().download(tensor, 3, 2, some);
        assertThat(some).isEqualTo(rows(values, 7, 3, 2));
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope().upload(new float[5], 2, 3))
                .withMessageContaining("2 x 3");
        Tensor tensor = scope().upload(new float[6], 2, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> backend().download(tensor, 1, 2, new float[6]));
        assertThatIllegalArgumentException().isThrownBy(() -> backend().download(tensor, 0, 2, new float[5]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations().add(tensor, scope().tensor(3, 2)))
                .withMessageContaining("2 x 3")
                .withMessageContaining("3 x 2");
    }

    @Test
    void memoryIsReusedInOtherShapes() {
        Tensor room = scope().upload(random(5 * 7, 1), 5, 7);
        Tensor narrow = room.reuse(5, 3);
        assertThat(narrow.rows()).isEqualTo(5);
        assertThat(narrow.columns()).isEqualTo(3);
        float[] values = random(15, 2);
        operations()
                .linear(
                        scope().upload(values, 5, 3),
                        new Linear.Dense(
                                scope().pack(RowSource.of(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3)),
                                Optional.empty()),
                        narrow);
        assertThat(download(narrow)).isEqualTo(values);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.reuse(6, 6))
                .withMessageContaining("6 x 6")
                .withMessageContaining("5 x 7");
        assertThatIllegalArgumentException().isThrownBy(() -> room.reuse(0, 3));
    }

    @Test
    void scopesAreIndependent() {
        Scope other = backend().scope();
        Tensor lost = other.upload(random(6, 1), 2, 3);
        Tensor kept = scope().upload(random(6, 2), 2, 3);
        operations().add(lost, kept);
        float[] before = download(kept);
        other.close();
        assertThat(download(kept)).isEqualTo(before);
        operations().activate(kept, Activation.RELU);
    }

    @Test
    void nothingOfAClosedScopeCanBeUsed() {
        Scope other = backend().scope();
        Tensor lost = other.upload(random(6, 1), 2, 3);
        Linear lostLayer = new Linear.Dense(other.pack(RowSource.of(random(12, 2), 4, 3)), Optional.empty());
        other.close();
        Tensor kept = scope().upload(random(6, 3), 2, 3);
        assertThatThrownBy(() -> backend().download(lost, 0, 2, new float[6])).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> operations().add(lost, kept)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> operations().linear(kept, lostLayer, scope().tensor(2, 4)))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> other.tensor(1, 1)).isInstanceOf(RuntimeException.class);
        // What failed on the way leaves the backend fit for use.
        operations().add(kept, kept);
    }

    @Test
    void closingTwiceIsHarmless() {
        Scope other = backend().scope();
        other.close();
        other.close();
        backend().close();
    }
}
