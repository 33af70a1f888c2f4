package org.rankgrid.engine.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GridSchemaTest {

    private static final JsonNode JSON = GridSchema.of(TestPlugins.ALL);

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(JSON);

    private static List<String> errors(String grid) {
        return SCHEMA.validate(grid, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    private static String grid(String line) {
        String key = line.substring(0, line.indexOf(':') + 1);
        return """
                models: [stories260k]
                calibration: {corpus: tinystories, sequences: 64, length: 256}
                allocators: [uniform]
                ratios: [0.1]
                tasks: [tinystories]
                """.lines().filter(kept -> !kept.startsWith(key)).reduce("", (a, b) -> a + b + "\n") + line;
    }

    @Test
    void theSchemaIsItselfSound() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quickstart.yaml", "smollm2.yaml"})
    void theBundledGridsFit(String name) throws IOException {
        assertThat(errors(Files.readString(Path.of("..", "grids", name)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models: one",
                "allocators: [dense]",
                "allocators: mgaa",
                "allocators: [{id: mgaa, alpha: 0.2}, {id: mgaa, alpha: [0.2, 1]}]",
                "allocators: [{id: mgaa, group: [joint, per-type], within: false, skip: [1]}]",
                "allocators: [{id: ranks, file: a.json}]",
                "allocators: [polish, {id: polish, start: [mgaa, none, {id: mgaa, alpha: 0.5}]}]",
                "allocators: [{id: polish, start: {id: polish, start: {id: ranks, file: a.json}}}]",
                "factorizations: [{id: damped, damping: [0.1]}]",
                "allocators: [{id: mgaa, alpha: 1, ratios: [0.1, 0.3]}, {id: mgaa, ratios: 0}]",
                "ratios: 0",
                "seeds: [0, 7]",
                "backend: auto",
                "backend: scalar",
                "decompositions: java",
                "layers: {exclude: '*.q'}",
                "validation: {corpus: a, sequences: 1, length: 2, seed: 3}",
                "tasks: [{id: concat, corpus: a, limit: 3}]",
                "tasks: [./mine.yaml, {id: tasks/mine.yml, limit: 10, num_fewshot: 2}]",
                "profile: bolaco",
                "limit: 3",
                "name: a",
                "threads: 4"
            })
    void whatAGridMaySayFits(String line) {
        assertThat(errors(grid(line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models: []",
                "modles: a",
                "allocators: [mga]",
                "allocators: [ranks]",
                "allocators: [{id: mgaa, alhpa: 0.2}]",
                "allocators: [{id: mgaa, alpha: 11}]",
                "allocators: [{id: mgaa, alpha: []}]",
                "allocators: [{id: mgaa, group: both}]",
                "allocators: [{id: mgaa, skip: 1.5}]",
                "allocators: [{id: ranks}]",
                "allocators: [{alpha: 1}]",
                "allocators: [{id: polish, start: unifrom}]",
                "allocators: [{id: polish, start: ranks}]",
                "allocators: [{id: polish, start: {id: mgaa, alpha: [0.2, 0.5]}}]",
                "allocators: [{id: mgaa, ratios: [1]}]",
                "allocators: [{id: polish, start: {id: mgaa, ratios: [0.1]}}]",
                "ratios: [1]",
                "ratios: [-0.1]",
                "seeds: [-1]",
                "backend: vektor",
                "layers: {exlude: a}",
                "calibration: {corpus: a}",
                "validation: {corpus: a, sequences: 1, length: 2, groups: 3}",
                "tasks: [{id: concat}]",
                "tasks: [{id: tinystories, window: [64]}]",
                "tasks: [{id: tinystories, limit: 0}]",
                "tasks: [mine.txt]",
                "profile: bolacco",
                "threads: 0"
            })
    void whatAGridMayNotSayDoesNot(String line) {
        assertThat(errors(grid(line))).isNotEmpty();
    }

    @Test
    void helpTextsBecomeDescriptions() {
        assertThat(JSON.at("/properties/ratios/description").asString()).isEqualTo(GridKey.RATIOS.help());
        JsonNode alpha = JSON.at("/$defs/allocators/anyOf/1/allOf/2/then/properties/alpha");
        assertThat(alpha.get("description").asString()).isEqualTo("How strongly.");
        assertThat(alpha.get("default").asDouble()).isEqualTo(0.35);
    }
}
