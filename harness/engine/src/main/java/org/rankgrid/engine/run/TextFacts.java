package org.rankgrid.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rankgrid.engine.calibrate.CalibrationSample;
import org.rankgrid.engine.calibrate.Overlap;
import org.rankgrid.engine.grid.TextSample;
import org.rankgrid.engine.score.PreparedTask;
import org.rankgrid.engine.score.TokenRequest;

/** What a result says of a text that a cell was made from: which, how much, and whether the tasks' texts stand in it too. */
final class TextFacts {

    private final SequencedMap<String, Object> facts = new LinkedHashMap<>();
    private final SequencedMap<String, Object> overlaps = new LinkedHashMap<>();
    private final Overlap overlap;

    TextFacts(TextSample text, CalibrationSample sample) {
        overlap = new Overlap(sample.sequences());
        facts.put("corpus", text.corpus());
        facts.put("sequences", (long) sample.sequences().size());
        facts.put("length", (long) text.length());
        facts.put("seed", text.seed(0));
        facts.put("tokens", sample.tokens());
    }

    /** Looks for the windows and items of tasks. */
    TextFacts besideTasks(List<PreparedTask> tasks) {
        for (PreparedTask task : tasks) {
            List<TokenRequest> requests = task.requests().requests();
            long overlapping = requests.stream()
                    .filter(request -> request.sequences().stream().anyMatch(sequence -> overlap.with(sequence.ids())))
                    .count();
            record(task.name(), overlapping, requests.getFirst() instanceof TokenRequest.Choices ? "items" : "windows");
        }
        return this;
    }

    /** Looks for the sequences of another text. */
    TextFacts beside(String name, CalibrationSample other) {
        record(name, other.sequences().stream().filter(overlap::with).count(), "sequences");
        return this;
    }

    /** The facts. */
    SequencedMap<String, Object> asMap() {
        SequencedMap<String, Object> map = new LinkedHashMap<>(facts);
        if (!overlaps.isEmpty()) {
            map.put("overlap", overlaps);
        }
        return map;
    }

    private void record(String name, long overlapping, String what) {
        if (overlapping > 0) {
            overlaps.put(name, overlapping + " " + what + " share " + Overlap.TOKENS + " tokens with it");
        }
    }
}
