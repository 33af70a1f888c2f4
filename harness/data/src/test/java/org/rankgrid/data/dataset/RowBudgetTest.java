package org.rankgrid.data.dataset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rankgrid.spi.InputException;

class RowBudgetTest {

    @Test
    void theLastRowThatFitsIsTakenAndTheNextIsNot() {
        RowBudget budget = new RowBudget(2, 100);
        budget.take("a", Map.of());
        assertThatCode(() -> budget.take("a", Map.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> budget.take("a", Map.of()))
                .isInstanceOf(InputException.class)
                .hasMessage("a has more than the 2 rows that a split may have, split it into smaller files.");
    }

    @Test
    void textsCountWhereverTheyAre() {
        RowBudget budget = new RowBudget(10, 20);
        budget.take("a", Map.of("k", "12345"));
        budget.take("a", Map.of("k", List.of("12345")));
        assertThatThrownBy(() -> budget.take("a", Map.of("k", Map.of("l", List.of("12345")))))
                .isInstanceOf(InputException.class)
                .hasMessage("a has more than the 20 characters that a split may have, split it into smaller files.");
    }
}
