package org.rankgrid.allocators.equalenergy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rankgrid.numerics.EnergyCurve;
import org.rankgrid.numerics.EqualEnergy;
import org.rankgrid.spi.allocate.Allocation;
import org.rankgrid.spi.allocate.Allocator;
import org.rankgrid.spi.allocate.Need;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.rank.RankWish;

/**
 * All layers of the model retain one share of the energy of their outputs: the uniform error tolerance that PGSVD
 * (arXiv 2510.05544) proves optimal for a bound on the sum of errors (ALGORITHMS A.7, D.2).
 *
 * <p>The formula is a reconstruction from the abstract. Energy is the spectrum of the cell's factorization: eigenvalues of
 * the output Gram matrix for whitened ones, squared singular values of W for plain SVD.
 */
public final class EqualEnergyAllocator implements Allocator {

    @Override
    public String id() {
        return "equal-energy";
    }

    @Override
    public String summary() {
        return "Lets every layer of the model retain the same share of its energy (PGSVD).";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(OptionSpec.whole(
                "skip",
                0,
                64,
                0,
                "Leading components of every layer that are kept and left out of the energy shares; 1 helps against massive"
                        + " activations."));
    }

    @Override
    public Set<Need> needs(Options options) {
        return Set.of(Need.SPECTRA);
    }

    @Override
    public RankWish allocate(Allocation allocation) {
        int skip = Math.toIntExact(allocation.options().whole("skip"));
        List<EnergyCurve> curves = IntStream.range(0, allocation.layers().size())
                .mapToObj(i -> EnergyCurve.of(allocation.statistics().spectrum(i), skip))
                .toList();
        return new RankWish(EqualEnergy.within(allocation.budget().parameters(), allocation.layers(), curves)
                .wishes());
    }
}
