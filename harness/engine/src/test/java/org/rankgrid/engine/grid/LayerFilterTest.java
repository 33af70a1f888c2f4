package org.rankgrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerFilterTest {

    private static boolean excludes(String pattern, String key) {
        return new LayerFilter(List.of(pattern)).excludes(key);
    }

    @ParameterizedTest
    @CsvSource({
        "*.down_proj, model.layers.3.mlp.down_proj, true",
        "*.down_proj, model.layers.3.mlp.up_proj, false",
        "model.layers.0.*, model.layers.0.self_attn.q_proj, true",
        "model.layers.0.*, model.layers.10.self_attn.q_proj, false",
        "model.layers.?.mlp.*, model.layers.9.mlp.up_proj, true",
        "model.layers.?.mlp.*, model.layers.10.mlp.up_proj, false",
        "h.0.attn.c_attn[q], h.0.attn.c_attn[q], true",
        "h.0.attn.c_attn[q], h.0.attn.c_attnq, false",
        "*, anything, true",
        "down_proj, model.down_proj, false",
        "model.down, modelxdown, false",
    })
    void starsStandForAnyTextAndAllElseForItself(String pattern, String key, boolean excluded) {
        assertThat(excludes(pattern, key)).isEqualTo(excluded);
    }

    @Test
    void matchingAgreesWithARegularExpression() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "ab*?");
            String key = word(random, "ab");
            String regex = pattern.chars()
                    .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                    .collect(Collectors.joining());
            assertThat(excludes(pattern, key)).as("%s on %s", pattern, key).isEqualTo(key.matches(regex));
        }
    }

    private static String word(Random random, String letters) {
        return random.ints(random.nextInt(8), 0, letters.length())
                .mapToObj(c -> String.valueOf(letters.charAt(c)))
                .collect(Collectors.joining());
    }

    @Test
    void patternsWithManyStarsCostNoMoreThanTheirProductOfLengths() {
        assertThat(excludes("*a".repeat(2000) + "b", "a".repeat(4000))).isFalse();
    }

    @Test
    void patternsThatMatchNothingAreTold() {
        LayerFilter filter = new LayerFilter(List.of("*.k", "*.q", "*.k", "*.x"));
        assertThat(filter.patterns()).containsExactly("*.k", "*.q", "*.x");
        assertThat(filter.idle(List.of("a.q", "a.k"))).containsExactly("*.x");
        assertThat(LayerFilter.NONE.excludes("a")).isFalse();
    }
}
