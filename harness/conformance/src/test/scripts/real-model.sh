#!/usr/bin/env bash
# The checks on a real model: fetches SmolLM2-135M-Instruct (98 MB, once) and holds tokens, tensors, windows, spectra and a
# grid against the reference numbers in harness/conformance/golden. It took 26 minutes on two busy cores.
# RANKGRID_DATA may name a folder of data sets: tasks whose sets do not come with rankgrid are skipped without it.
# RANKGRID_SMOLLM2 may name a copy of SmolLM2-135M-Instruct.Q4_1.gguf that is here already.
set -euo pipefail
cd "$(dirname "$0")/../../../../.."

model=${RANKGRID_SMOLLM2:-}
if [ -z "$model" ]; then
    echo "real-model: fetching smollm2-135m, or finding it in the cache"
    model=$(./rankgrid models pull smollm2-135m)
fi
model=$(readlink -f "$model")

tests='SmolLm2Test,SmolLm2TokenizerTest,SmolLm2IT,SmolLm2TasksIT'
log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "real-model: running $tests on $model"
began=$SECONDS
# Compiles what is not compiled yet; surefire:test alone, without the other checks of a build, which ran before.
if ./build -pl harness/conformance -am test-compile surefire:test -Dtest="$tests" \
    -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true -Drankgrid.smollm2="$model" 2>&1 |
    tee "$log" | grep --line-buffered -E '^SmolLM2: |Tests run:|\[ERROR\]'; then
    outcome=0
else
    outcome=1
fi
# A run in which nothing ran is no proof.
for test in SmolLm2IT SmolLm2TasksIT; do
    if [ "$outcome" -eq 0 ] && ! grep -q "Tests run: .*$test" "$log"; then
        echo "real-model: $test did not run" >&2
        outcome=1
    fi
done
if [ "$outcome" -eq 0 ]; then
    echo "real-model: all agree with the reference ($((SECONDS - began)) s)"
else
    echo "real-model: FAILED after $((SECONDS - began)) s; the last lines of the log:" >&2
    tail -n 40 "$log" >&2
fi
exit "$outcome"
