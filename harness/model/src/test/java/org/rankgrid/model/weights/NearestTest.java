package org.rankgrid.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    @Test
    void theNameAtTheSmallestDistanceIsNearest() {
        assertThat(Nearest.to("kitten", List.of("mitten", "sitting", "kitte"))).hasValue("mitten");
        assertThat(Nearest.to("wieght", List.of("height", "weight"))).hasValue("weight");
    }

    @Test
    void farNamesAreNotNear() {
        assertThat(Nearest.to("kitten", List.of("sausage", "a", "kittenkittenkitten")))
                .isEmpty();
        assertThat(Nearest.to("x".repeat(1000), List.of("x".repeat(1000)))).isEmpty();
        assertThat(Nearest.hint("kitten", List.of())).isEmpty();
    }
}
