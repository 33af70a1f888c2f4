package org.rankgrid.allocators.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;

class TriedSharesTest {

    @Test
    void areSortedAndEachComesOnce() {
        assertThat(TriedShares.parse("shares", " 0.9,0.4, 1,.4 ")).containsExactly(0.4, 0.9, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.4,", "0.4;0.5", "0", "1.1", "-0.5", "NaN", "0.4,half"})
    void refusesWhatIsNoShare(String text) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> TriedShares.parse("shares", text))
                .withMessageStartingWith("Option 'shares' of an allocator is '" + text + "', but '")
                .withMessageEndingWith("write kept shares such as '0.4,0.6,0.8'.");
    }
}
