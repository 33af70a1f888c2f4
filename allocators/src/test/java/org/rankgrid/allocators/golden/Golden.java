package org.rankgrid.allocators.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import org.rankgrid.spi.allocate.BlockSimilarity;
import org.rankgrid.spi.allocate.ComponentGradient;
import org.rankgrid.spi.allocate.Gradients;
import org.rankgrid.spi.allocate.Similarity;
import org.rankgrid.spi.allocate.Statistics;
import org.rankgrid.spi.rank.Budget;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.RankPlan;
import org.rankgrid.spi.rank.RankWish;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference numbers of stories260K, as {@code trim.py} left them: layers, statistics and the plans made from them. */
public final class Golden implements Statistics {

    private static final int BLOCKS = 5;
    private static final Map<Role, String> KEYS = Map.of(
            Role.Q, "self_attn.q_proj",
            Role.K, "self_attn.k_proj",
            Role.V, "self_attn.v_proj",
            Role.O, "self_attn.o_proj",
            Role.GATE, "mlp.gate_proj",
            Role.UP, "mlp.up_proj",
            Role.DOWN, "mlp.down_proj");

    private final JsonNode root;
    private final List<Layer> layers = new ArrayList<>();

    private Golden(JsonNode root) {
        this.root = root;
        for (int block = 0; block < BLOCKS; block++) {
            for (Role role : Role.values()) {
                JsonNode shape = spectrum(block, role).get("shape");
                layers.add(new Layer(
                        "model.layers." + block + "." + KEYS.get(role),
                        block,
                        role,
                        shape.get(0).intValue(),
                        shape.get(1).intValue()));
            }
        }
    }

    /** Reads the resource. */
    public static Golden load() {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("stories260K.json"))) {
            return new Golden(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The 35 layers. */
    public List<Layer> layers() {
        return layers;
    }

    /** All plans but the dense one. */
    public List<Row> rows() {
        return StreamSupport.stream(root.get("results").spliterator(), false)
                .map(row -> new Row(row, layers))
                .toList();
    }

    @Override
    public double[] spectrum(int layer) {
        Layer of = layers.get(layer);
        return doubles(spectrum(of.block(), of.role()).get("eigenvalues"));
    }

    @Override
    public Similarity sublayer(int block, Sublayer sublayer) {
        String type = sublayer == Sublayer.ATTENTION ? "mha" : "ffn";
        JsonNode similarity = root.get("similarity");
        return new Similarity(
                similarity.get("residual").get(type).get(block).doubleValue(),
                similarity.get("branch").get(type).get(block).doubleValue(),
                Double.NaN);
    }

    @Override
    public BlockSimilarity block(int block) {
        throw new IllegalStateException("the goldens have no similarity of whole blocks");
    }

    /** The Fisher weights of the first 16 calibration sequences; there are 64. */
    @Override
    public Gradients gradients() {
        JsonNode fisher = root.get("fisher");
        return new Gradients() {
            @Override
            public int sequences() {
                return 64;
            }

            @Override
            public double[] outputFisher(int first, int count) {
                if (first != 0 || count != fisher.get("sequences").intValue()) {
                    throw new IllegalArgumentException("the goldens have no weights of " + count + " from " + first);
                }
                return layers.stream()
                        .mapToDouble(layer -> fisher.get("weights")
                                .get(type(layer.role()))
                                .get(layer.block())
                                .doubleValue())
                        .toArray();
            }

            @Override
            public List<ComponentGradient> components(RankPlan plan, int first, int count) {
                throw new IllegalStateException("the goldens have no gradients of components");
            }
        };
    }

    private JsonNode spectrum(int block, Role role) {
        return root.get("spectra").get("blocks." + block + "." + type(role));
    }

    private static String type(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    /** One plan of the reference implementation. */
    public record Row(JsonNode node, List<Layer> layers) {

        /** The allocator's name in the goldens. */
        public String allocator() {
            return node.get("allocator").stringValue();
        }

        /** Its options as the goldens name them. */
        public JsonNode options() {
            return node.get("options");
        }

        /** The budget of its ratio; it must be the budget that the row states. */
        public Budget budget() {
            Budget budget = Budget.of(new BigDecimal(node.get("ratio").asString()), layers);
            if (budget.parameters() != node.get("budget").longValue()) {
                throw new AssertionError("the budget of " + this + " is " + budget);
            }
            return budget;
        }

        /** The allocator's wish, rounded to nine digits. */
        public RankWish wish() {
            return new RankWish(layers.stream()
                    .mapToDouble(layer -> rank("raw_ranks", layer))
                    .map(rank -> rank < 0 ? RankWish.DENSE : rank)
                    .toArray());
        }

        /** The repaired plan. */
        public RankPlan plan() {
            return new RankPlan(
                    layers,
                    layers.stream()
                            .mapToInt(layer -> (int) rank("ranks", layer))
                            .map(rank -> rank < 0 ? RankPlan.DENSE : rank)
                            .toArray());
        }

        /** Parameters of the repaired plan. */
        public long parameters() {
            return node.get("params").longValue();
        }

        /** The weighted error of the allocator's own plan, where it minimises one. */
        public OptionalDouble weightedError() {
            return number("weighted_error");
        }

        /** The Lagrangian bound of the weighted error, where the allocator states one. */
        public OptionalDouble lowerBound() {
            return number("lower_bound");
        }

        private OptionalDouble number(String field) {
            JsonNode value = node.get(field);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.doubleValue());
        }

        /** MGAA's ratios, in the order of the sublayers. */
        public double[] sublayerRatios() {
            return doubles(node.get("sublayer_ratios"));
        }

        private double rank(String field, Layer layer) {
            return node.get(field).get(type(layer.role())).get(layer.block()).doubleValue();
        }

        @Override
        public String toString() {
            return allocator() + " " + options() + " at " + node.get("ratio");
        }
    }
}
