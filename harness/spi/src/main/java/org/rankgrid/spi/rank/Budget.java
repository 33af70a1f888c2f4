package org.rankgrid.spi.rank;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How many parameters the compressible linear layers may keep.
 *
 * @param ratio the share of their parameters that is removed, exact as it was written, in [0, 1)
 * @param dense their parameters before compression
 * @param parameters what may be kept: floor((1 - ratio) dense), in exact arithmetic (ALGORITHMS 0.4)
 */
public record Budget(BigDecimal ratio, long dense, long parameters) {

    /**
     * The budget of a ratio.
     *
     * @throws IllegalArgumentException if the ratio is not in [0, 1)
     */
    public static Budget of(BigDecimal ratio, List<Layer> layers) {
        if (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("ratio " + ratio + " is not in [0, 1)");
        }
        long dense = layers.stream().mapToLong(Layer::parameters).sum();
        long kept = BigDecimal.ONE
                .subtract(ratio)
                .multiply(BigDecimal.valueOf(dense))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
        return new Budget(ratio, dense, kept);
    }

    /** The share that is kept, 1 - ratio. */
    public double keptShare() {
        return BigDecimal.ONE.subtract(ratio).doubleValue();
    }
}
