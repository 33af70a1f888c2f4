package org.rankgrid.backends.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.Availability;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.BackendProvider;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;

class ScalarProviderTest {

    @Test
    void isFoundAsAServiceAndAlwaysAvailable() {
        assertThat(ServiceLoader.load(BackendProvider.class)).anySatisfy(provider -> {
            assertThat(provider.id()).isEqualTo("scalar");
            assertThat(provider.preference()).isEqualTo(10);
            assertThat(provider.probe()).isInstanceOf(Availability.Available.class);
        });
    }

    @Test
    void saysThatItComputesOnOneThread() {
        try (Backend backend = new ScalarProvider().open(8)) {
            assertThat(backend.facts()).containsEntry("threads", "1");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new ScalarProvider().open(0));
    }

    @Test
    void closingTheBackendFreesItsScopes() {
        Backend backend = new ScalarProvider().open(1);
        Scope scope = backend.scope();
        Tensor tensor = scope.upload(new float[] {1}, 1, 1);
        backend.close();
        assertThatIllegalStateException().isThrownBy(() -> backend.download(tensor, 0, 1, new float[1]));
        assertThatIllegalStateException().isThrownBy(backend::scope);
    }
}
