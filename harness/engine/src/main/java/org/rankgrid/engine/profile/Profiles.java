package org.rankgrid.engine.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.Request.Bos;

/**
 * The profiles there are. Windows are those of EVALUATION F.1.2; BOS in questions follows the version of
 * lm-evaluation-harness that the papers ran (F.2.2); metrics are those of F.2.4. In all of them a perplexity has the
 * tokenizer's BOS once, at the start of its stream (F.1.1).
 */
public final class Profiles {

    /**
     * lm-evaluation-harness from 0.4.9.2 on: the tokenizer says whether a BOS stands in front. It has no window for the
     * perplexities of the papers, and prints {@code acc} first.
     */
    private static final Profile LM_EVAL = new Profile(
            "lm-eval",
            "As lm-evaluation-harness from 0.4.9.2 on: BOS as the tokenizer adds it, acc, windows as the tasks have them.",
            OptionalLong.empty(),
            Bos.TOKENIZER,
            Bos.TOKENIZER,
            new LinkedHashMap<>());

    /** Bolaco: the whole context of LLaMA-2, harness 0.3 (no BOS), its mix of metrics. */
    private static final Profile BOLACO = new Profile(
            "bolaco",
            "As the tables of Bolaco and LoRD: windows of 4096 tokens, questions without BOS (harness 0.3), acc_norm for"
                    + " three tasks.",
            OptionalLong.of(4096),
            Bos.TOKENIZER,
            Bos.NONE,
            mixed());

    /** LLM-Pruner, LoRAP and LoRAPrune: windows of 128 tokens, otherwise as Bolaco. */
    private static final Profile LLM_PRUNER = new Profile(
            "llm-pruner",
            "As the tables of LLM-Pruner and LoRAP: windows of 128 tokens, questions without BOS (harness 0.3), acc_norm for"
                    + " three tasks.",
            OptionalLong.of(128),
            Bos.TOKENIZER,
            Bos.NONE,
            mixed());

    /** SVD-LLM and its descendants: windows of 2048 tokens, harness 0.4.0 to 0.4.9.1 (no BOS), acc of every task. */
    private static final Profile SVD_LLM = new Profile(
            "svd-llm",
            "As the tables of SVD-LLM and its descendants: windows of 2048 tokens, questions without BOS (harness before"
                    + " 0.4.9.2), acc.",
            OptionalLong.of(2048),
            Bos.TOKENIZER,
            Bos.NONE,
            new LinkedHashMap<>());

    /** All of them, in the order of a listing. */
    public static final List<Profile> ALL = List.of(LM_EVAL, BOLACO, LLM_PRUNER, SVD_LLM);

    private Profiles() {}

    /** The profile of a name. */
    public static Optional<Profile> find(String id) {
        return ALL.stream().filter(profile -> profile.id().equals(id)).findFirst();
    }

    /**
     * The profile of a name.
     *
     * @throws InputException with the sentence of {@link #missing}, if there is none
     */
    public static Profile get(String id) {
        return find(id).orElseThrow(() -> new InputException(missing(id)));
    }

    /** The names of all profiles. */
    public static List<String> ids() {
        return ALL.stream().map(Profile::id).toList();
    }

    /** Why there is nothing under a name, with the nearest names or all of them. */
    public static String missing(String id) {
        String hint = NearestNames.hint(id, ids());
        return "there is no profile '" + id + "'" + (hint.isEmpty() ? "; known: " + String.join(", ", ids()) : hint);
    }

    private static SequencedMap<String, String> mixed() {
        SequencedMap<String, String> metrics = new LinkedHashMap<>();
        for (String task : List.of("hellaswag", "hellaswag-activitynet-302", "arc_challenge", "openbookqa")) {
            metrics.put(task, "acc_norm");
        }
        return metrics;
    }
}
