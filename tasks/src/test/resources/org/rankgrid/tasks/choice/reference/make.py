"""Runs lm-evaluation-harness 0.4.13 on the rows beside this file and writes expected.jsonl and scores.jsonl.

    python make.py       (in this folder; pip install lm_eval==0.4.13)

The catalogue's tasks are that harness's own YAML files, with dataset_path set to the rows; own_*.yaml are made up here and
read as they are. Log-likelihoods are made up too: process_results judges them.
"""

import glob
import json
import os
import random

import lm_eval
from lm_eval.api.metrics import mean, mean_stderr, perplexity, pooled_sample_stderr, unweighted_mean_stderr
from lm_eval.api.task import ConfigurableTask
from lm_eval.tasks._yaml_loader import load_yaml

HARNESS = os.path.join(os.path.dirname(lm_eval.__file__), "tasks")
CATALOGUE = {
    "hellaswag": ("hellaswag/hellaswag.yaml", "validation"),
    "mathqa": ("mathqa/mathqa.yaml", "test"),
    "sciq": ("sciq/sciq.yaml", "test"),
    "race": ("race/race.yaml", "test"),
    "lambada_openai": ("lambada/lambada_openai.yaml", "test"),
    "winogrande": ("winogrande/default.yaml", "validation"),
}


def catalogue(name):
    path, split = CATALOGUE[name]
    file = "winogrande_xl_validation.jsonl" if name == "winogrande" else f"{split}.jsonl"
    config = load_yaml(os.path.join(HARNESS, path))
    config.pop("dataset_name", None)
    config["dataset_path"] = "json"
    config["dataset_kwargs"] = {"data_files": {split: f"data/{name}/{file}"}}
    for key in ("training_split", "validation_split", "test_split"):
        config[key] = split if key == f"{split}_split" else None
    return config


def run(name, config, out):
    task = ConfigurableTask(config=config)
    if task.config.num_fewshot is None:
        task.set_config("num_fewshot", 0)
    task.set_fewshot_seed(1234)
    task.build_all_requests()
    made = random.Random(name)
    raw = {}
    for index in range(len(task.eval_docs)):
        instances = [i for i in task.instances if i.doc_id == index]
        answers = [(-made.randint(4, 90) / 4, made.random() < 0.3) for _ in instances]
        result = task.process_results(instances[0].doc, answers if len(answers) > 1 or task.OUTPUT_TYPE == "multiple_choice" else [answers[0]])
        for metric, value in result.items():
            raw.setdefault(metric, []).append(float(value))
        out.write(json.dumps({
            "task": name,
            "index": index,
            "contexts": [i.args[0] for i in instances],
            "continuations": [i.args[1] for i in instances],
            "loglikelihood": [a[0] for a in answers],
            "greedy": [a[1] for a in answers],
            "metrics": {k: float(v) for k, v in result.items()},
        }, ensure_ascii=False) + "\n")
    scores = {}
    for metric, values in raw.items():
        scores[metric] = {
            "value": perplexity(values) if metric == "perplexity" else mean(values),
            "stderr": None if metric == "perplexity" or len(values) < 2 else mean_stderr(values),
            "n": len(values),
        }
    return scores


scores = {}
with open("expected.jsonl", "w", encoding="utf-8", newline="\n") as out:
    for name in CATALOGUE:
        scores[name] = run(name, catalogue(name), out)
    for path in sorted(glob.glob("own_*.yaml")):
        config = load_yaml(path)
        if "dataset_path" in config:
            scores[config["task"]] = run(config["task"], config, out)
members = ["own_examples", "own_words"]
errors = [scores[m]["acc"]["stderr"] for m in members]
sizes = [scores[m]["acc"]["n"] for m in members]
values = [scores[m]["acc"]["value"] for m in members]
scores["own_group"] = {"acc": {"value": sum(v * n for v, n in zip(values, sizes)) / sum(sizes),
                               "stderr": float(pooled_sample_stderr(errors, sizes)), "n": sum(sizes)}}
scores["own_plain_group"] = {"acc": {"value": sum(values) / len(values),
                                     "stderr": float(unweighted_mean_stderr(errors)), "n": sum(sizes)}}
with open("scores.jsonl", "w", encoding="utf-8", newline="\n") as out:
    for task, metrics in scores.items():
        for metric, score in metrics.items():
            out.write(json.dumps({"task": task, "metric": metric, **score}) + "\n")
