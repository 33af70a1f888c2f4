package org.rankgrid.engine.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhiteSpaceTest {

    /** What {@code [c for c in map(chr, range(0x110000)) if c.isspace()]} gives in Python 3.11. */
    private static final int[] PYTHON = {
        0x9, 0xA, 0xB, 0xC, 0xD, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
        0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000
    };

    @Test
    void itIsWhatPythonTakesForIt() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE).filter(c -> WhiteSpace.is((char) c)))
                .containsExactly(IntStream.of(PYTHON).boxed().toArray(Integer[]::new));
    }

    @Test
    void whatIsInFrontOfATextStays() {
        assertThat(WhiteSpace.lengthWithoutTrailing(" a b \t\u00a0")).isEqualTo(4);
        assertThat(WhiteSpace.lengthWithoutTrailing(" \n")).isZero();
        assertThat(WhiteSpace.lengthWithoutTrailing("")).isZero();
    }
}
