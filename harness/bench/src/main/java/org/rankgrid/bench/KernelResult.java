package org.rankgrid.bench;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.rankgrid.cli.bench.Provenance;

/** What JMH found of one benchmark, for a line of the history. */
final class KernelResult {

    private KernelResult() {}

    /** Name, parameters, score, and what was counted beside it by the counter's name. */
    static SequencedMap<String, Object> tree(RunResult result) {
        BenchmarkParams parameters = result.getParams();
        String name = parameters.getBenchmark();
        SequencedMap<String, Object> tree = new LinkedHashMap<>();
        tree.put("benchmark", name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
        for (String key : parameters.getParamsKeys()) {
            tree.put(key, parameters.getParam(key));
        }
        Result<?> primary = result.getPrimaryResult();
        tree.put("score", number(primary.getScore()));
        tree.put("error", number(primary.getScoreError()));
        tree.put("unit", primary.getScoreUnit());
        result.getSecondaryResults().forEach((counter, value) -> tree.put(counter, number(value.getScore())));
        return tree;
    }

    /** JSON has no word for what is not a number, such as the error of a single iteration. */
    private static Object number(double value) {
        return Double.isFinite(value) ? Provenance.rounded(value) : String.valueOf(value);
    }
}
