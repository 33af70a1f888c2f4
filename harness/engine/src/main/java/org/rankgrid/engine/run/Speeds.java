package org.rankgrid.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How fast a machine does what a grid is made of.
 *
 * @param perSecond amounts a second, by what was measured
 * @param warmUpSeconds what was lost in all until Java had compiled what runs most, which a run loses too
 */
public record Speeds(SequencedMap<Measured, Double> perSecond, double warmUpSeconds) {

    /**
     * What a speed was measured of.
     *
     * @param kind of work
     * @param length tokens of the sequences; 0 where that makes no difference
     */
    public record Measured(Work.Kind kind, int length) {

        static Measured of(Work work) {
            return new Measured(work.kind(), work.length());
        }
    }

    /** Copies the map. */
    public Speeds {
        perSecond = new LinkedHashMap<>(perSecond);
    }

    /**
     * Seconds that some work takes.
     *
     * @throws IllegalArgumentException if its kind was not measured
     */
    public double seconds(List<Work> work) {
        return work.stream().mapToDouble(this::seconds).sum();
    }

    private double seconds(Work work) {
        if (work.kind() == Work.Kind.TIME) {
            return work.amount();
        }
        Double speed = perSecond.get(Measured.of(work));
        if (speed == null) {
            throw new IllegalArgumentException("nothing was measured for " + work);
        }
        return work.amount() / speed;
    }
}
