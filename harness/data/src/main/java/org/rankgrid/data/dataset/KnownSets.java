package org.rankgrid.data.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rankgrid.spi.task.DataSource;

/** The data sets that have short names: those that the catalogue's task files name. */
final class KnownSets {

    private static final String UNKNOWN = "its card states no licence";
    private static final String UNCHECKED = "its licence was not checked";

    private static final List<KnownSet> ALL = List.of(
            KnownSet.of("arc_easy", "Grade school science questions, the easy part of ARC.", "CC BY-SA 4.0")
                    .split("test")
                    .hub("allenai/ai2_arc", "ARC-Easy")
                    .hub("ai2_arc", "ARC-Easy")
                    .bundled(new BundledSplit(
                            "test",
                            "arc_easy.test.jsonl.gz",
                            "874354cf372667530bd6cbd2d78dca2d657c5e2e746f53cf01d1e9d3a90cbc3d",
                            2376)),
            KnownSet.of("arc_challenge", "Grade school science questions, the hard part of ARC.", "CC BY-SA 4.0")
                    .split("test")
                    .hub("allenai/ai2_arc", "ARC-Challenge")
                    .hub("ai2_arc", "ARC-Challenge")
                    .bundled(new BundledSplit(
                            "test",
                            "arc_challenge.test.jsonl.gz",
                            "03227c30fd557ad1416c2cb955eeb6dc79eeb21e0679456a1ccd42eaccc0ff87",
                            1172)),
            KnownSet.of("winogrande", "Sentences with a gap for one of two names, WinoGrande XL.", "CC BY")
                    .split("validation", "winogrande/winogrande_xl_validation.jsonl")
                    .hub("allenai/winogrande", "winogrande_xl")
                    .bundled(new BundledSplit(
                            "validation",
                            "winogrande.validation.jsonl.gz",
                            "69f3d7f3a900d775339b04c7de672609c40fca573e50f594f2ae66d8782505be",
                            1267)),
            KnownSet.of(
                            "boolq",
                            "Yes or no questions on a passage, as their authors published them: SuperGLUE's copy,"
                                    + " which lm-evaluation-harness scores, puts the article's title before each"
                                    + " passage.",
                            "CC BY-SA 3.0")
                    .split("validation")
                    .hub("aps/super_glue", "boolq")
                    .hub("super_glue", "boolq")
                    .hub("google/boolq")
                    .bundled(new BundledSplit(
                            "validation",
                            "boolq.validation.jsonl.gz",
                            "dea3b625efb4c7c70dd118989d8471a585e801746bbdb5c55afa3f3257b044fb",
                            3270))
                    .adapted(Adaptation.LABEL_OF_ANSWER),
            KnownSet.of("mmlu", "Exam questions of 57 subjects.", "MIT")
                    .split("test")
                    .split("dev")
                    .hub("cais/mmlu", KnownSet.WHOLE)
                    .hub("hails/mmlu_no_train", KnownSet.WHOLE)
                    .bundled(new BundledSplit(
                            "test",
                            "mmlu.test.jsonl.gz",
                            "903179ca496c3a80683685a3e4bcec761d2826df64682892cde15def955f6e7d",
                            14042))
                    .bundled(new BundledSplit(
                            "dev",
                            "mmlu.dev.jsonl.gz",
                            "0b841f7363db50b453f487870576f828e3b8bb106b6a721db67fa382e4a37ec8",
                            285))
                    .dividedBy("subject"),
            KnownSet.of("piqa", "Two ways to reach an everyday goal.", UNKNOWN)
                    .split("validation")
                    .hub("baber/piqa")
                    .hub("ybisk/piqa"),
            KnownSet.of("openbookqa", "Elementary science questions that need a fact and common sense.", UNKNOWN)
                    .split("test")
                    .hub("allenai/openbookqa", "main"),
            KnownSet.of("social_iqa", "Questions on people and what they do next.", UNKNOWN)
                    .split("validation")
                    .hub("lighteval/siqa")
                    .hub("allenai/social_i_qa")
                    .hub("social_i_qa"),
            KnownSet.of(
                            "hellaswag",
                            "How a described scene goes on.",
                            "its authors' repository was disabled after a copyright claim on the part from wikiHow")
                    .split("validation")
                    .hub("Rowan/hellaswag"),
            KnownSet.of(
                            "hellaswag-activitynet-302",
                            "302 rows of HellaSwag's validation split, from ActivityNet captions only: its scores are"
                                    + " not HellaSwag's.",
                            "MIT by its authors, but HellaSwag's repository was disabled after a copyright claim")
                    .split("validation", "hellaswag/validation_activitynet_302.jsonl"),
            KnownSet.of("mathqa", "Word problems with five answers.", UNCHECKED)
                    .split("test")
                    .hub("regisss/math_qa")
                    .hub("allenai/math_qa")
                    .hub("math_qa"),
            KnownSet.of("sciq", "Science exam questions with a supporting text.", UNCHECKED)
                    .split("test")
                    .hub("allenai/sciq"),
            KnownSet.of("race", "English exams for pupils of high schools.", UNCHECKED)
                    .split("test")
                    .hub("EleutherAI/race", "high"),
            KnownSet.of("lambada_openai", "Passages whose last word needs the whole passage.", UNCHECKED)
                    .split("test")
                    .hub("EleutherAI/lambada_openai", "default", Map.of("test", "data/lambada_test.jsonl"))
                    .hub("EleutherAI/lambada_openai", "en", Map.of("test", "data/lambada_test_en.jsonl")),
            KnownSet.of("wikitext_document_level", "WikiText-2 raw, one page a row.", "its pages were not checked")
                    .split("test")
                    .hub("EleutherAI/wikitext_document_level", "wikitext-2-raw-v1"),
            KnownSet.of(
                            "c4",
                            "Text of the web; its first validation file.",
                            "ODC-BY and Common Crawl's terms, but it is too large")
                    .split("validation")
                    .hub(
                            "allenai/c4",
                            "en",
                            Map.of(
                                    "validation", "en/c4-validation.00000-of-00008.json.gz",
                                    "train", "en/c4-train.00000-of-01024.json.gz")),
            KnownSet.of(
                            "ptb_text_only",
                            "Penn Treebank, tokenised and in lower case.",
                            "its licence is the Linguistic Data Consortium's")
                    .split("test")
                    .split("validation")
                    .hub("ptb-text-only/ptb_text_only", "penn_treebank")
                    .hub("ptb_text_only", "penn_treebank"));

    private KnownSets() {}

    static List<KnownSet> all() {
        return ALL;
    }

    static List<String> names() {
        return ALL.stream().map(KnownSet::name).toList();
    }

    /** Whether a file of this name in the data folder is one set's alone, and so no split of another in the same folder. */
    static boolean ownsFile(String split) {
        return ALL.stream()
                .flatMap(set -> set.splits().values().stream())
                .anyMatch(file -> file.endsWith("/" + split + ".jsonl"));
    }

    /** The set that a task file means. */
    static Optional<KnownSet> meantBy(DataSource source) {
        return ALL.stream().filter(set -> set.means(source)).findFirst();
    }
}
