# Makes stories260K.json from the reference file of the same name: what allocators and repair need, numbers as they were.
# The reference was computed in torch by code independent of rankgrid (double precision for Gram matrices and eigenproblems).
import json, sys

with open(sys.argv[1]) as file:
    full = json.load(file)
KEPT = ("allocator", "options", "ratio", "budget", "params", "raw_params", "ranks", "raw_ranks", "sublayer_ratios", "sublayer_energy",
        "weighted_error", "lower_bound")
trimmed = {
    "similarity": full["similarity"],
    "fisher": full["fisher"],
    "spectra": {layer: {"shape": s["shape"], "eigenvalues": s["eigenvalues"]} for layer, s in full["spectra"].items()},
    "results": [{key: row[key] for key in KEPT if key in row} for row in full["results"] if row["ratio"] is not None],
}
with open("stories260K.json", "w") as file:
    file.write("{\n")
    for name in ("similarity", "fisher"):
        file.write(f'"{name}": ' + json.dumps(trimmed[name]) + ",\n")
    for name, left, right, items in (
        ("spectra", "{", "},", [json.dumps(k) + ": " + json.dumps(v) for k, v in trimmed["spectra"].items()]),
        ("results", "[", "]", [json.dumps(row) for row in trimmed["results"]]),
    ):
        file.write(f'"{name}": {left}\n' + ",\n".join(items) + f"\n{right}\n")
    file.write("}\n")
