package org.rankgrid.results.cell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What a cell cost, in wall-clock seconds of the machine that ran it.
 *
 * @param seconds everything that was computed for this cell
 * @param tokens tokens that went through the model while scoring
 * @param scoringSeconds the part of the seconds spent on scoring
 * @param allocation the part that the allocator cost
 * @param stages seconds by stage, in the order in which they ran
 */
public record Cost(
        double seconds,
        long tokens,
        double scoringSeconds,
        AllocationCost allocation,
        SequencedMap<String, Double> stages) {

    /** No cost. */
    public static final Cost NONE = new Cost(0, 0, 0, AllocationCost.NONE, new LinkedHashMap<>());

    /** Copies the stages. */
    public Cost {
        stages = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(stages));
    }

    /** Tokens scored in a second; empty if nothing was scored. */
    public OptionalDouble tokensPerSecond() {
        return tokens > 0 && scoringSeconds > 0 ? OptionalDouble.of(tokens / scoringSeconds) : OptionalDouble.empty();
    }

    /** The cost of both. */
    public Cost plus(Cost other) {
        SequencedMap<String, Double> sum = new LinkedHashMap<>(stages);
        other.stages.forEach((stage, spent) -> sum.merge(stage, spent, Double::sum));
        return new Cost(
                seconds + other.seconds,
                tokens + other.tokens,
                scoringSeconds + other.scoringSeconds,
                allocation.plus(other.allocation),
                sum);
    }
}
