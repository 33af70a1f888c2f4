package org.rankgrid.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNamesTest {

    private static final List<String> KNOWN =
            List.of("uniform", "mgaa", "bayesian", "equal-energy", "marginal-gain", "knapsack", "ara");

    @ParameterizedTest
    @CsvSource({
        "unifrom, uniform",
        "Uniform, uniform",
        "equal_energy, equal-energy",
        "knapsak, knapsack",
        "baysian, bayesian",
        "marginal, marginal-gain",
        "mga, mgaa",
        "arra, ara",
    })
    void typingErrorsFindTheirName(String word, String name) {
        assertThat(NearestNames.of(word, KNOWN)).first().isEqualTo(name);
    }

    @Test
    void whatIsNotNearIsNotSuggested() {
        assertThat(NearestNames.of("gradient", KNOWN)).isEmpty();
        assertThat(NearestNames.of("", KNOWN)).isEmpty();
        assertThat(NearestNames.of("x", KNOWN)).isEmpty();
        assertThat(NearestNames.of("u".repeat(100_000), KNOWN)).isEmpty();
        assertThat(NearestNames.hint("gradient", KNOWN)).isEmpty();
    }

    @Test
    void atMostThreeAreSuggestedNearestFirst() {
        assertThat(NearestNames.of("abcd", List.of("abxx", "abce", "abcdefgh", "abcd1", "bacd")))
                .hasSize(3)
                .doesNotContain("abxx");
        assertThat(NearestNames.of("abcde", List.of("abxde", "abcde"))).containsExactly("abcde", "abxde");
        assertThat(NearestNames.hint("mgab", List.of("mgaa", "mgac"))).isEqualTo(" (did you mean 'mgaa' or 'mgac'?)");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, '', 3",
        "'', abc, 3",
        "kitten, sitting, 3",
        "ca, ac, 1",
        "ca, abc, 3",
        "abcdef, bacdfe, 2"
    })
    void distancesAreThoseOfOptimalStringAlignment(String a, String b, int distance) {
        assertThat(NearestNames.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void distanceIsSymmetricAndAtMostTheLongerLength() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String a = word(random);
            String b = word(random);
            int distance = NearestNames.distance(a, b);
            assertThat(distance).isEqualTo(NearestNames.distance(b, a)).isEqualTo(naive(a, b));
            assertThat(distance).isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        }
    }

    /** The recurrence as it is written in textbooks, without a table. */
    private static int naive(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        int i = a.length();
        int j = b.length();
        String shorterA = a.substring(0, i - 1);
        String shorterB = b.substring(0, j - 1);
        int best = Math.min(naive(shorterA, b), naive(a, shorterB)) + 1;
        best = Math.min(best, naive(shorterA, shorterB) + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
            best = Math.min(best, naive(a.substring(0, i - 2), b.substring(0, j - 2)) + 1);
        }
        return best;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
