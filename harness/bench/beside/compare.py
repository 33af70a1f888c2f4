#!/usr/bin/env python3
"""Times rankgrid beside PyTorch and llama.cpp: same weights in f32, same windows, same cores, taking turns.

Once (6 GB; llama.cpp takes ten minutes to compile):

    ./rankgrid models pull smollm2-135m                        prints where the GGUF lies
    python3 -m venv lm
    lm/bin/pip install torch 'transformers<5' accelerate gguf lm_eval==0.4.13 cmake ninja
    lm/bin/python harness/bench/zero-shot/gguf_to_hf.py MODEL.gguf HF_DIR
    lm/bin/pip download --no-deps --no-binary llama-cpp-python llama-cpp-python==0.3.36
    tar xzf llama_cpp_python-0.3.36.tar.gz
    PATH="$PWD/lm/bin:$PATH" cmake -S llama_cpp_python-0.3.36/vendor/llama.cpp -B llama -G Ninja -DCMAKE_BUILD_TYPE=Release \\
        -DGGML_NATIVE=ON -DBUILD_SHARED_LIBS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \\
        -DLLAMA_BUILD_SERVER=OFF -DLLAMA_OPENSSL=OFF
    PATH="$PWD/lm/bin:$PATH" cmake --build llama --target llama-perplexity llama-quantize
    llama/bin/llama-quantize --allow-requantize MODEL.gguf MODEL-F32.gguf F32

Then, on a machine that does nothing else:

    lm/bin/python harness/bench/beside/compare.py --gguf MODEL.gguf --hf HF_DIR --llama llama/bin --f32 MODEL-F32.gguf \\
        --history FILE [--zero-shot DATA]

A round is one turn of each program, one after the other, each in a process of its own on the same cores (Linux: by affinity).
A turn scores the first windows of WikiText-2's test split, cut from one stream of tokens. Programs:

    rankgrid        ./rankgrid eval, as a person runs it: compilation while it runs is in its time
    rankgrid-warm   the same after a pass that is not timed (harness/bench/run windows)
    pytorch         transformers, f32, sdpa, inference mode, after a pass that is not timed; batch size, threads, and whether the
                    head is applied to a whole batch or to 512 rows at a time, are what is fastest here (--torch sets them)
    llama.cpp       llama-perplexity with the same weights in F32, after its own warm-up; micro-batch and flash attention are what
                    is fastest here (--llama-args sets them). It computes logits for the second half of each window only, and
                    is credited with all tokens of the window all the same

Loading and tokenising are in nobody's time. Every program's perplexity is printed and held against PyTorch's: over all
predicted tokens for rankgrid, over the second half of the windows for llama.cpp; if they differ, the script ends with 1, as a
time then means nothing. A ratio is rankgrid's tokens/s over the other's in the same round; the median over the rounds is
printed with the lowest and the highest. One JSON line a window size is appended to --history.

--zero-shot runs harness/bench/zero-shot/compare.py afterwards: lm-evaluation-harness, in turns, on the data sets in DATA.
"""

import argparse
import datetime
import json
import math
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
RUN = str(ROOT / "harness" / "bench" / "run")
PROGRAMS = ("rankgrid", "rankgrid-warm", "pytorch", "llama.cpp")
CORPUS = "wikitext2-test"
# Of the mean log-likelihood, in nats: f32 all through for PyTorch; llama.cpp keeps keys and values in f16.
TOLERANCE = {"rankgrid": 1e-4, "rankgrid-warm": 1e-4, "llama.cpp": 1e-3}
LLAMA_CHOICES = [f"-ub {size} -fa {flash}" for size in (512, 2048) for flash in ("off", "on")]


def parser():
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    options.add_argument("--gguf", required=True, help="the model as rankgrid reads it")
    options.add_argument("--hf", help="the same model as a folder in the Hugging Face layout")
    options.add_argument("--llama", help="folder that holds llama-perplexity")
    options.add_argument("--f32", help="the same model as a GGUF file in F32")
    options.add_argument("--rankgrid", default=str(ROOT / "rankgrid"), help="the program (default: that of this checkout)")
    options.add_argument("--programs", default=",".join(PROGRAMS), help="who takes turns (default: %(default)s)")
    options.add_argument("--window", default="2048,512", help="window sizes (default: %(default)s)")
    options.add_argument("--tokens", type=int, default=16384, help="tokens of a turn, whole windows (default: %(default)s)")
    options.add_argument("--rounds", type=int, default=3, help="default: %(default)s")
    options.add_argument("--cores", default="0,1", help="cores to compute on (default: %(default)s)")
    options.add_argument("--torch", help='instead of a search: "BATCH whole" or "BATCH pieces"')
    options.add_argument("--llama-args", help=f'instead of a search, such as "{LLAMA_CHOICES[0]}"')
    options.add_argument("--zero-shot", metavar="DATA", help="folder of data sets: compare with lm-evaluation-harness too")
    options.add_argument("--history", help="append JSON lines to this file")
    options.add_argument("--worker", help=argparse.SUPPRESS)
    return options


def torch_worker(job):
    """PyTorch's turns in this process, one JSON line each; `settings` lists batch sizes, forms of the head and threads."""
    import torch
    import transformers
    from transformers import AutoModelForCausalLM

    transformers.logging.set_verbosity_error()
    with open(job["token_file"], encoding="utf-8") as file:
        stream = json.load(file)
    window = job["window"]
    windows = torch.tensor(stream[: window * job["count"]]).view(-1, window)
    model = AutoModelForCausalLM.from_pretrained(job["hf"], dtype=torch.float32, attn_implementation="sdpa").eval()

    def scores(batch, head):
        """Negative log-likelihoods, one row a window."""
        if head == "whole":
            logits = model(input_ids=batch, use_cache=False).logits
            return torch.nn.functional.cross_entropy(
                logits[:, :-1].flatten(0, 1), batch[:, 1:].flatten(), reduction="none"
            ).view(len(batch), -1)
        hidden = model.model(input_ids=batch, use_cache=False).last_hidden_state[:, :-1].flatten(0, 1)
        pieces = zip(hidden.split(512), batch[:, 1:].flatten().split(512))
        return torch.cat([
            torch.nn.functional.cross_entropy(model.lm_head(rows), targets, reduction="none") for rows, targets in pieces
        ]).view(len(batch), -1)

    with torch.inference_mode():
        torch.set_num_threads(max(threads for _, _, threads in job["settings"]))
        scores(windows[: max(1, 2048 // window)], "pieces")
        for size, head, threads in job["settings"]:
            torch.set_num_threads(threads)
            own = windows[: size * max(1, len(windows) // size)] if job["search"] else windows
            own = own[: max(size, 4096 // window)] if job["search"] else own
            began = time.perf_counter()
            nll = torch.cat([scores(batch, head) for batch in own.split(size)])
            seconds = time.perf_counter() - began
            print(json.dumps({
                "setting": [size, head, threads], "tokens": own.numel(), "seconds": seconds,
                "ppl": math.exp(nll.double().mean().item()),
                "half_ppl": math.exp(nll[:, window // 2 :].double().mean().item()),
                "versions": {"torch": torch.__version__, "transformers": transformers.__version__},
            }), flush=True)


def run(command, environment=None):
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}")
    return done.stdout, done.stderr


class Turns:
    """What each program does in its turn; every turn gives tokens, seconds and a perplexity."""

    def __init__(self, options, window, folder):
        self.options = options
        self.window = window
        self.count = max(2, options.tokens // window)
        self.folder = folder
        self.threads = len(options.cores.split(","))
        self.facts = {}
        self.settings = {}

    def rankgrid(self):
        out, err = run([self.options.rankgrid, "eval", self.options.gguf, "--task", f"wikitext2:window={self.window}",
                        "--limit", str(self.count), "--threads", str(self.threads), "--json"])
        tree = json.loads(out)
        self.facts["backend"] = tree["backend"]
        ppl = next(score["value"] for score in tree["scores"] if score["metric"] == "ppl")
        seconds = float(re.findall(r"\d+ tokens in ([0-9.]+) s", err)[-1])
        return {"tokens": self.window * self.count, "seconds": seconds, "ppl": ppl}

    def rankgrid_warm(self):
        out, _ = run([RUN, "windows", "--model", self.options.gguf, "--corpus", CORPUS, "--window", str(self.window),
                      "--count", str(self.count), "--threads", str(self.threads)])
        result = json.loads(out.strip().splitlines()[-1])
        self.facts["backend"] = result.pop("backend")
        return result

    def torch_results(self, settings, search):
        job = {"token_file": str(self.folder / "tokens.json"), "hf": self.options.hf, "window": self.window,
               "count": self.count, "settings": settings, "search": search}
        out, _ = run([sys.executable, __file__, "--gguf", self.options.gguf, "--worker", json.dumps(job)],
                     {"HF_HUB_OFFLINE": "1"})
        return [json.loads(line) for line in out.strip().splitlines() if line.startswith("{")]

    def pytorch(self):
        result = self.torch_results([self.settings["pytorch"]], False)[0]
        self.facts["versions"] = result["versions"]
        return {key: result[key] for key in ("tokens", "seconds", "ppl", "half_ppl")}

    def llama_run(self, arguments, count):
        command = [str(pathlib.Path(self.options.llama) / "llama-perplexity"), "-m", self.options.f32,
                   "-f", str(self.folder / "text.txt"), "-c", str(self.window), "-b", "2048", "--chunks", str(count),
                   "-t", str(self.threads), *arguments.split()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        began = ended = ppl = None
        tail = []
        for line in process.stdout:
            tail = (tail + [line])[-20:]
            if "calculating perplexity over" in line:
                began = time.perf_counter()
            estimate = re.search(r"Final estimate: PPL = ([0-9.]+)", line)
            if estimate:
                ended = time.perf_counter()
                ppl = float(estimate.group(1))
        if process.wait() != 0 or began is None or ppl is None:
            sys.exit(f"{' '.join(command)} failed:\n{''.join(tail)}")
        return {"tokens": self.window * count, "seconds": ended - began, "ppl": ppl}

    def llama(self):
        return self.llama_run(self.settings["llama.cpp"], self.count)

    def choose(self, programs):
        """Each program's fastest setting, by a short search."""
        if "pytorch" in programs:
            if self.options.torch:
                size, head = self.options.torch.split()
                self.settings["pytorch"] = [int(size), head, self.threads]
            else:
                most = max(1, min(8192, self.options.tokens) // self.window)
                settings = [[size, head, self.threads]
                            for size in (1, 2, 4, 8, 16) if size <= most for head in ("whole", "pieces")]
                settings += [[1, "pieces", fewer] for fewer in (1, 2, 4, 8, 16, 32) if fewer < self.threads]
                tried = self.torch_results(settings, True)
                self.settings["pytorch"] = self.best(
                    "pytorch", [(one["tokens"] / one["seconds"], one["setting"]) for one in tried])
        if "llama.cpp" in programs:
            count = max(2, min(4096, self.options.tokens) // self.window)
            self.settings["llama.cpp"] = self.options.llama_args or self.best("llama.cpp", [
                (one["tokens"] / one["seconds"], arguments)
                for arguments in LLAMA_CHOICES for one in [self.llama_run(arguments, count)]])

    @staticmethod
    def best(program, rates):
        print(f"{program}: " + ", ".join(f"{setting} {rate:.0f} tokens/s" for rate, setting in rates))
        return max(rates)[1]

    def turn(self, program):
        return {"rankgrid": self.rankgrid, "rankgrid-warm": self.rankgrid_warm, "pytorch": self.pytorch,
                "llama.cpp": self.llama}[program]()


def spread(values):
    return {"median": statistics.median(values), "lowest": min(values), "highest": max(values)}


def compare_windows(options, programs, window, folder):
    turns = Turns(options, window, folder)
    turns.choose(programs)
    results = {program: [] for program in programs}
    loads = []
    for number in range(options.rounds):
        loads.append(round(os.getloadavg()[0], 2))
        for program in programs:
            results[program].append(turns.turn(program))
        print(f"window {window}, round {number + 1}: " + ", ".join(
            f"{program} {runs[-1]['tokens'] / runs[-1]['seconds']:.0f} tokens/s" for program, runs in results.items()))
    rates = {program: [one["tokens"] / one["seconds"] for one in runs] for program, runs in results.items()}
    ratios = {}
    for ours in ("rankgrid", "rankgrid-warm"):
        for other in ("pytorch", "llama.cpp"):
            if ours in rates and other in rates:
                ratios[f"{ours} / {other}"] = spread([mine / theirs for mine, theirs in zip(rates[ours], rates[other])])
    print(f"\nwindow {window}, {turns.count} windows, {turns.threads} cores, {options.rounds} rounds")
    for program, speeds in rates.items():
        first = results[program][0]
        half = f", second half {first['half_ppl']:.4f}" if "half_ppl" in first else ""
        half = " over the second half" if program == "llama.cpp" else half
        print(f"  {program:<14} {statistics.median(speeds):6.0f} tokens/s ({min(speeds):.0f} to {max(speeds):.0f})"
              f"  ppl {first['ppl']:.4f}{half}  {turns.settings.get(program, '')}")
    for name, ratio in ratios.items():
        print(f"  {name:<26} {ratio['median']:.3f} ({ratio['lowest']:.3f} to {ratio['highest']:.3f})")
    wrong = disagreements(results)
    for sentence in wrong:
        print(f"  WRONG: {sentence}")
    write_history(options, {
        "window": window, "windows": turns.count, "rounds": options.rounds, "load_before_rounds": loads,
        "tokens_per_second": {program: {**spread(speeds), "rounds": speeds} for program, speeds in rates.items()},
        "ratios": ratios,
        "perplexity": {program: {key: value for key, value in runs[0].items() if key.endswith("ppl")}
                       for program, runs in results.items()},
        "settings": turns.settings, "agree": not wrong, **turns.facts,
    })
    return not wrong


def disagreements(results):
    """Sentences on programs whose perplexity is not PyTorch's over the same tokens."""
    if "pytorch" not in results:
        return []
    wrong = []
    for program, tolerance in TOLERANCE.items():
        if program in results:
            kind = "half_ppl" if program == "llama.cpp" else "ppl"
            ours, theirs = results[program][0]["ppl"], results["pytorch"][0][kind]
            if abs(math.log(ours / theirs)) > tolerance:
                wrong.append(f"{program} has a perplexity of {ours:.4f} where PyTorch has {theirs:.4f}")
    return wrong


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            return next(line.split(":", 1)[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def llama_version(options):
    """The line that tells llama.cpp's build, where it can be had."""
    if not options.llama:
        return None
    done = subprocess.run([str(pathlib.Path(options.llama) / "llama-perplexity"), "--version"], capture_output=True, text=True)
    return next((line for line in (done.stdout + done.stderr).splitlines() if line.startswith("version")), None)


def write_history(options, measured):
    if not options.history:
        return
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12"],
                            capture_output=True, text=True).stdout.strip()
    line = {
        "time": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "what": "beside",
        "commit": commit,
        "cpu": processor(),
        "cores": len(options.cores.split(",")),
        "model": pathlib.Path(options.gguf).name,
        "corpus": CORPUS,
        "java_flags": os.environ.get("RANKGRID_JAVA_OPTS", ""),
        "llama.cpp": llama_version(options),
        **measured,
    }
    with open(options.history, "a", encoding="utf-8") as history:
        history.write(json.dumps(line) + "\n")


def checked(options):
    programs = options.programs.split(",")
    for program in programs:
        if program not in PROGRAMS:
            sys.exit(f"--programs: {program} is not one of {', '.join(PROGRAMS)}")
    if "pytorch" in programs and not options.hf:
        sys.exit("--hf is needed for pytorch: the folder that zero-shot/gguf_to_hf.py writes")
    if "llama.cpp" in programs and not (options.llama and options.f32):
        sys.exit("--llama and --f32 are needed for llama.cpp: --help says how to build it and to write the file")
    return programs


def main():
    options = parser().parse_args()
    if options.worker:
        torch_worker(json.loads(options.worker))
        return
    programs = checked(options)
    sys.stdout.reconfigure(line_buffering=True)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {int(core) for core in options.cores.split(",")})
    agree = True
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        run([RUN, "windows", "--model", options.gguf, "--corpus", CORPUS, "--write", name])
        for window in (int(size) for size in options.window.split(",")):
            agree &= compare_windows(options, programs, window, folder)
    if options.zero_shot:
        own = ["--history", options.history] if options.history else []
        subprocess.run([sys.executable, str(ROOT / "harness" / "bench" / "zero-shot" / "compare.py"), "--gguf", options.gguf,
                        "--hf", options.hf, "--data", options.zero_shot, "--rankgrid", options.rankgrid,
                        "--rounds", str(options.rounds), "--cores", options.cores, *own], check=True)
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
