package org.rankgrid.model.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;

/** A decoder of some description with random weights of a size at which everything in it matters. */
final class RandomDecoder implements DecoderWeights {

    private final DecoderSpec spec;
    private final Map<String, LinearWeights> linears = new LinkedHashMap<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, NormWeights> norms = new LinkedHashMap<>();
    private final RowSource embedding;
    private final RowSource head;
    private final RowSource positions;

    RandomDecoder(DecoderSpec spec, long seed) {
        this.spec = spec;
        Random random = new Random(seed);
        for (int block = 0; block < spec.blocks(); block++) {
            for (Role role : spec.roles()) {
                Layer layer = new Layer(block + "." + role, block, role, spec.rows(role), spec.columns(role));
                layers.add(layer);
                RowSource weight = rows(random, layer.rows(), layer.columns(), 1 / Math.sqrt(layer.columns()));
                Optional<float[]> bias = spec.biases().contains(role)
                        ? Optional.of(values(random, layer.rows(), 0, 0.3))
                        : Optional.empty();
                linears.put(layer.key(), new LinearWeights.Dense(weight, bias));
            }
            for (BlockNorm norm : spec.norms()) {
                norms.put(block + "." + norm, norm(random, spec.width(norm), spec.biased(norm)));
            }
        }
        norms.put("final", norm(random, spec.hidden(), spec.norm().kind() == NormSpec.Kind.LAYER));
        embedding = rows(random, spec.vocabulary(), spec.hidden(), 1);
        head = spec.tiedHead() ? embedding : rows(random, spec.vocabulary(), spec.hidden(), 0.5);
        positions = rows(random, 32, spec.hidden(), 0.5);
    }

    private static NormWeights norm(Random random, int width, boolean biased) {
        return new NormWeights(
                values(random, width, 1, 0.3), biased ? Optional.of(values(random, width, 0, 0.3)) : Optional.empty());
    }

    private static RowSource rows(Random random, int rows, int columns, double deviation) {
        return RowSource.of(values(random, rows * columns, 0, deviation), rows, columns);
    }

    static float[] values(Random random, int count, double mean, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return values;
    }

    @Override
    public DecoderSpec spec() {
        return spec;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public LinearWeights linear(String key) {
        return Objects.requireNonNull(linears.get(key), key);
    }

    @Override
    public RowSource embedding() {
        return embedding;
    }

    @Override
    public RowSource head() {
        return head;
    }

    @Override
    public RowSource positions() {
        return positions;
    }

    @Override
    public NormWeights norm(int block, BlockNorm norm) {
        return Objects.requireNonNull(norms.get(block + "." + norm));
    }

    @Override
    public NormWeights finalNorm() {
        return Objects.requireNonNull(norms.get("final"));
    }
}
