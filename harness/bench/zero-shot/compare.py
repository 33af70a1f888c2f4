#!/usr/bin/env python3
"""Times rankgrid beside lm-evaluation-harness on zero-shot tasks: same weights, same items, same cores, taking turns.

Once:

    ./rankgrid models pull smollm2-135m                        prints where the GGUF lies
    python3 -m venv lm && lm/bin/pip install lm_eval==0.4.13 'transformers<5' torch accelerate gguf
    lm/bin/python harness/bench/zero-shot/gguf_to_hf.py MODEL.gguf HF_DIR

Then:

    lm/bin/python harness/bench/zero-shot/compare.py --gguf MODEL.gguf --hf HF_DIR --data DIR --history FILE

--data is a folder of data sets as rankgrid reads it (piqa/validation.jsonl, openbookqa/test.jsonl, ...); both programs read
their items from it. A round is rankgrid, lm-evaluation-harness, and rankgrid with shared contexts, one after the other, each
in a process of its own on the same cores (Linux: by affinity). lm-evaluation-harness computes in f32 with the batch size, of
those in --batches, that is fastest on the first tenth of the items.

`scoring` is the time of the likelihoods alone: what rankgrid prints at the end of eval, and the time that
HFLM.loglikelihood takes; the one leaves tokenising out, the other has it in (some tenths of a second). `whole` is the wall
time of the process, from its start to its end. The ratio is lm-evaluation-harness's time over rankgrid's, from the medians of
the rounds. One JSON line with every figure is appended to --history. Scores are printed side by side: a time means nothing if
they differ.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
FILES = {
    "piqa": ("piqa/piqa.yaml", "validation", "piqa/validation.jsonl"),
    "arc_easy": ("arc/arc_easy.yaml", "test", "arc_easy/test.jsonl"),
    "arc_challenge": ("arc/arc_challenge.yaml", "test", "arc_challenge/test.jsonl"),
    "winogrande": ("winogrande/default.yaml", "validation", "winogrande/winogrande_xl_validation.jsonl"),
    "openbookqa": ("openbookqa/openbookqa.yaml", "test", "openbookqa/test.jsonl"),
}


def parser():
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    options.add_argument("--gguf", required=True, help="the model as rankgrid reads it")
    options.add_argument("--hf", required=True, help="the same model as a folder in the Hugging Face layout")
    options.add_argument("--data", required=True, help="folder of data sets")
    options.add_argument("--rankgrid", default=str(ROOT / "rankgrid"), help="the program (default: that of this checkout)")
    options.add_argument("--tasks", default="piqa,arc_easy,winogrande,openbookqa", help="default: %(default)s")
    options.add_argument("--items", type=int, default=400, help="first items of each task (default: %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    options.add_argument("--batches", default="8,16,32,64", help="batch sizes to try (default: %(default)s)")
    options.add_argument("--cores", default="0,1", help="cores to compute on (default: %(default)s)")
    options.add_argument("--history", help="append one JSON line to this file")
    options.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    return options


def worker(options, batch):
    """One run of lm-evaluation-harness in this process; prints one JSON line."""
    import lm_eval
    import torch
    import transformers
    from lm_eval.models.huggingface import HFLM
    from lm_eval.tasks import TaskManager

    torch.set_num_threads(len(options.cores.split(",")))
    transformers.logging.set_verbosity_error()
    own = pathlib.Path(lm_eval.__file__).parent / "tasks"
    names = options.tasks.split(",")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            yaml, split, file = FILES[name]
            splits = "".join(f"{other}_split: null\n" for other in ("training", "validation", "test", "fewshot") if other != split)
            (pathlib.Path(folder) / f"{name}.yaml").write_text(
                f"include: {own / yaml}\ntask: local_{name}\ntag: null\ndataset_path: json\ndataset_name: null\n{splits}"
                f"{split}_split: {split}\ndataset_kwargs:\n  data_files:\n    {split}: {os.path.abspath(options.data)}/{file}\n"
            )
        began = time.perf_counter()
        model = HFLM(pretrained=options.hf, dtype="float32", device="cpu", batch_size=batch)
        loaded = time.perf_counter() - began
        seconds = [0.0]
        loglikelihood = model.loglikelihood

        def timed(requests, *arguments, **named):
            start = time.perf_counter()
            answers = loglikelihood(requests, *arguments, **named)
            seconds[0] += time.perf_counter() - start
            return answers

        model.loglikelihood = timed
        results = lm_eval.simple_evaluate(
            model=model,
            tasks=[f"local_{name}" for name in names],
            limit=options.items,
            bootstrap_iters=0,
            task_manager=TaskManager(include_path=folder, include_defaults=False),
        )["results"]
    scores = {f"{name} {metric}": results[f"local_{name}"][f"{metric},none"]
              for name in names for metric in ("acc", "acc_norm") if f"{metric},none" in results[f"local_{name}"]}
    print(json.dumps({"load": loaded, "scoring": seconds[0], "scores": scores,
                      "versions": {"lm_eval": lm_eval.__version__, "torch": torch.__version__,
                                   "transformers": transformers.__version__}}))


def run(command, environment=None):
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    whole = time.perf_counter() - began
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout, done.stderr, whole


def lm_eval_run(options, batch, items):
    command = [sys.executable, __file__, "--gguf", options.gguf, "--hf", options.hf, "--data", options.data,
               "--tasks", options.tasks, "--items", str(items), "--cores", options.cores, "--worker", str(batch)]
    out, _, whole = run(command, {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true"})
    result = json.loads(out.strip().splitlines()[-1])
    return {**result, "whole": whole}


def rankgrid_run(options, shared):
    command = [options.rankgrid, "eval", options.gguf, "--task", options.tasks, "--limit", str(options.items),
               "--data", options.data, "--threads", str(len(options.cores.split(","))), "--json"]
    out, err, whole = run(command + (["--share-contexts"] if shared else []))
    tokens, scoring = re.findall(r"(\d+) tokens in ([0-9.]+) s", err)[-1]
    tree = json.loads(out)
    scores = {f"{score['task']} {score['metric']}": score["value"]
              for score in tree["scores"] if score["metric"] in ("acc", "acc_norm")}
    return {"scoring": float(scoring), "whole": whole, "tokens": int(tokens), "scores": scores, "backend": tree["backend"]}


def fastest_batch(options):
    items = max(1, options.items // 10)
    seconds = {}
    for batch in (int(size) for size in options.batches.split(",")):
        seconds[batch] = lm_eval_run(options, batch, items)["scoring"]
        print(f"lm-eval, batch size {batch}: {seconds[batch]:.2f} s for {items} items of each task")
    return min(seconds, key=seconds.get), seconds


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return next(line.split(":", 1)[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def main():
    options = parser().parse_args()
    if options.worker:
        worker(options, options.worker)
        return
    unknown = [name for name in options.tasks.split(",") if name not in FILES]
    if unknown:
        sys.exit(f"--tasks: {unknown[0]} is not one of {', '.join(FILES)}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {int(core) for core in options.cores.split(",")})

    batch, tried = fastest_batch(options)
    turns = {"rankgrid": [], "lm-eval": [], "rankgrid, shared contexts": []}
    for number in range(options.rounds):
        turns["rankgrid"].append(rankgrid_run(options, False))
        turns["lm-eval"].append(lm_eval_run(options, batch, options.items))
        turns["rankgrid, shared contexts"].append(rankgrid_run(options, True))
        print(f"round {number + 1}: " + ", ".join(
            f"{name} {runs[-1]['scoring']:.1f} s ({runs[-1]['whole']:.1f} s whole)" for name, runs in turns.items()))

    median = {name: {kind: statistics.median(turn[kind] for turn in runs) for kind in ("scoring", "whole")}
              for name, runs in turns.items()}
    ratios = {name: {kind: median["lm-eval"][kind] / median[name][kind] for kind in ("scoring", "whole")}
              for name in turns if name != "lm-eval"}
    for name, ratio in ratios.items():
        print(f"{name}: {ratio['scoring']:.2f} times as fast as lm-eval with batch size {batch} at scoring, "
              f"{ratio['whole']:.2f} times as a whole process")
    theirs = turns["lm-eval"][0]["scores"]
    ours = turns["rankgrid"][0]["scores"]
    for key, value in theirs.items():
        print(f"{key}: lm-eval {value:.4f}, rankgrid {ours.get(key, float('nan')):.4f}")

    if options.history:
        commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"],
                                capture_output=True, text=True).stdout.strip()
        line = {
            "time": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "what": "zero-shot",
            "commit": commit,
            "cpu": processor(),
            "cores": len(options.cores.split(",")),
            "model": pathlib.Path(options.gguf).name,
            "tasks": options.tasks.split(","),
            "items": options.items,
            "batch": batch,
            "batches_tried": tried,
            "versions": turns["lm-eval"][0]["versions"],
            "backend": turns["rankgrid"][0]["backend"],
            "seconds": {name: {kind: [round(turn[kind], 3) for turn in runs] for kind in ("scoring", "whole")}
                        for name, runs in turns.items()},
            "tokens": {name: runs[0]["tokens"] for name, runs in turns.items() if name != "lm-eval"},
            "ratios": ratios,
            "scores": {"rankgrid": ours, "lm-eval": theirs},
        }
        with open(options.history, "a", encoding="utf-8") as history:
            history.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
