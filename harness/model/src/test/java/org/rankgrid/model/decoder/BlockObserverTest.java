package org.rankgrid.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.backends.scalar.ScalarProvider;
import org.rankgrid.model.Checkpoint;
import org.rankgrid.model.Fixtures;
import org.rankgrid.spi.compute.Backend;
import org.rankgrid.spi.compute.PackedSequences;
import org.rankgrid.spi.compute.RowSource;
import org.rankgrid.spi.compute.Scope;
import org.rankgrid.spi.compute.Tensor;
import org.rankgrid.spi.rank.Layer;
import org.rankgrid.spi.rank.Role;
import org.rankgrid.spi.rank.Sublayer;

class BlockObserverTest {

    private static final PackedSequences BATCH = PackedSequences.ofLengths(4, 3);
    private static final int[] IDS = {1, 7, 200, 31, 5, 5, 287};

    private final Backend backend = new ScalarProvider().open(1);

    @AfterEach
    void close() {
        backend.close();
    }

    /** Writes down all it sees. */
    private final class Recorder implements BlockObserver {

        private final List<List<Role>> inputs = new ArrayList<>();
        private final Map<String, float[]> seen = new HashMap<>();

        @Override
        public void linearInput(List<Layer> layers, Tensor input) {
            inputs.add(layers.stream().map(Layer::role).toList());
            assertThat(layers).allMatch(layer -> layer.columns() == input.columns());
        }

        @Override
        public void branch(int block, Sublayer sublayer, Tensor before, Tensor branch) {
            seen.put(block + " " + sublayer + " before", values(before));
            seen.put(block + " " + sublayer + " branch", values(branch));
        }

        @Override
        public void sum(int block, Sublayer sublayer, Tensor before, Tensor after) {
            assertThat(values(before)).isEqualTo(seen(block + " " + sublayer + " before"));
            seen.put(block + " " + sublayer + " after", values(after));
        }

        @Override
        public void block(int block, Tensor before, Tensor after) {
            seen.put(block + " before", values(before));
            seen.put(block + " after", values(after));
        }

        private float[] seen(String what) {
            return seen.getOrDefault(what, new float[0]);
        }
    }

    private float[] values(Tensor tensor) {
        float[] values = new float[tensor.rows() * tensor.columns()];
        backend.download(tensor, 0, tensor.rows(), values);
        return values;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private Recorder record(DecoderWeights weights) {
        Recorder recorder = new Recorder();
        try (Decoder decoder = Decoder.load(weights, backend);
                Scope scope = backend.scope()) {
            Tensor watched = decoder.hidden(IDS, BATCH, scope, recorder);
            assertThat(values(watched)).isEqualTo(values(decoder.hidden(IDS, BATCH, scope)));
        }
        return recorder;
    }

    @Test
    void linearsThatReadTheSameInputShareACall() {
        try (Checkpoint checkpoint = Fixtures.open("llama-gqa-rope-llama3")) {
            List<List<Role>> block = List.of(
                    List.of(Role.Q, Role.K, Role.V), List.of(Role.O), List.of(Role.GATE, Role.UP), List.of(Role.DOWN));
            List<List<Role>> both = new ArrayList<>(block);
            both.addAll(block);
            assertThat(record(checkpoint).inputs).isEqualTo(both);
        }
        try (Checkpoint checkpoint = Fixtures.open("gpt2")) {
            assertThat(record(checkpoint).inputs)
                    .startsWith(List.of(Role.Q, Role.K, Role.V), List.of(Role.O), List.of(Role.UP), List.of(Role.DOWN));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-gqa-rope-llama3", "opt", "gpt2"})
    void sublayersFollowEachOther(String family) {
        try (Checkpoint checkpoint = Fixtures.open(family)) {
            Recorder recorder = record(checkpoint);
            for (int block = 0; block < 2; block++) {
                float[] before = recorder.seen(block + " before");
                assertThat(recorder.seen(block + " ATTENTION before")).isEqualTo(before);
                float[] between = recorder.seen(block + " ATTENTION after");
                assertThat(between).isEqualTo(sum(before, recorder.seen(block + " ATTENTION branch")));
                assertThat(recorder.seen(block + " FEED_FORWARD before")).isEqualTo(between);
                float[] after = recorder.seen(block + " FEED_FORWARD after");
                assertThat(after).isEqualTo(sum(between, recorder.seen(block + " FEED_FORWARD branch")));
                assertThat(recorder.seen(block + " after")).isEqualTo(after);
            }
            assertThat(recorder.seen("1 before")).isEqualTo(recorder.seen("0 after"));
        }
    }

    @Test
    void parallelSublayersReadTheSameStream() {
        try (Checkpoint checkpoint = Fixtures.open("gpt2")) {
            Recorder recorder = record(new Parallel(checkpoint));
            for (int block = 0; block < 2; block++) {
                float[] before = recorder.seen(block + " before");
                float[] all = before;
                for (Sublayer sublayer : Sublayer.values()) {
                    String which = block + " " + sublayer;
                    float[] branch = recorder.seen(which + " branch");
                    assertThat(recorder.seen(which + " before")).isEqualTo(before);
                    assertThat(recorder.seen(which + " after")).isEqualTo(sum(before, branch));
                    all = sum(all, branch);
                }
                assertThat(recorder.seen(block + " after")).containsExactly(all, within(1e-5f));
            }
        }
    }

    @Test
    void blocksCanBeLoadedAndRunOneAtATime() {
        try (Checkpoint checkpoint = Fixtures.open("llama-gqa-rope-llama3");
                Workspace workspace = new Workspace(checkpoint.spec(), backend);
                Scope streams = backend.scope()) {
            Recorder whole = record(checkpoint);
            Tensor stream = streams.tensor(7, 64);
            Tensor next = streams.tensor(7, 64);
            try (Scope scope = backend.scope()) {
                Embedding.load(checkpoint, backend, scope).forward(IDS, BATCH, stream, workspace);
            }
            for (int block = 0; block < 2; block++) {
                try (Scope scope = backend.scope()) {
                    DecoderBlock loaded = DecoderBlock.load(checkpoint, block, backend, scope);
                    loaded.forward(stream, next, BATCH, workspace, BlockObserver.NONE);
                }
                assertThat(values(next)).isEqualTo(whole.seen(block + " after"));
                Tensor written = next;
                next = stream;
                stream = written;
            }
        }
    }

    @Test
    void aBlockRefusesToWriteInPlace() {
        try (Checkpoint checkpoint = Fixtures.open("opt");
                Workspace workspace = new Workspace(checkpoint.spec(), backend);
                Scope scope = backend.scope()) {
            DecoderBlock block = DecoderBlock.load(checkpoint, 0, backend, scope);
            Tensor stream = scope.tensor(7, 64);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> block.forward(stream, stream, BATCH, workspace, BlockObserver.NONE));
        }
    }

    /** A decoder whose sublayers both read what enters the block. */
    private record Parallel(DecoderWeights original) implements DecoderWeights {

        @Override
        public DecoderSpec spec() {
            DecoderSpec spec = original.spec();
            return new DecoderSpec(
                    spec.hidden(),
                    spec.blocks(),
                    spec.vocabulary(),
                    spec.maximumPositions(),
                    spec.norm(),
                    spec.attention(),
                    spec.positions(),
                    spec.feedForward(),
                    true,
                    spec.biases(),
                    spec.tiedHead(),
                    spec.embeddingScale(),
                    spec.finalSoftCap());
        }

        @Override
        public List<Layer> layers() {
            return original.layers();
        }

        @Override
        public LinearWeights linear(String key) {
            return original.linear(key);
        }

        @Override
        public RowSource embedding() {
            return original.embedding();
        }

        @Override
        public RowSource head() {
            return original.head();
        }

        @Override
        public RowSource positions() {
            return original.positions();
        }

        @Override
        public NormWeights norm(int block, BlockNorm norm) {
            return original.norm(block, norm);
        }

        @Override
        public NormWeights finalNorm() {
            return original.finalNorm();
        }
    }
}
