"""Writes the Parquet files beside this script: pip install pyarrow; python fixtures.py (these were written with pyarrow 26.0.1)."""

import pyarrow as pa
import pyarrow.parquet as pq

arc = pa.table(
    {
        "id": ["a", "b", "c"],
        "question": ["What is \u00e9 \U0001f600?", "", "?"],
        "choices": pa.array(
            [
                {"text": ["one", "two"], "label": ["A", "B"]},
                {"text": [], "label": []},
                {"text": ["x"], "label": ["1"]},
            ],
            pa.struct([("text", pa.list_(pa.string())), ("label", pa.list_(pa.string()))]),
        ),
        "answerKey": ["A", None, "1"],
        "n": pa.array([1, 2**63 - 1, -1], pa.int64()),
        "score": pa.array([0.5, None, 2.0], pa.float32()),
        "ok": [True, False, None],
        "tags": pa.array([[1, None, 3], [], [7]], pa.list_(pa.int8())),
    }
)
pq.write_table(arc, "arc-snappy.parquet", compression="snappy")
pq.write_table(arc, "arc-zstd-groups.parquet", compression="zstd", row_group_size=1, data_page_version="2.0")
pq.write_table(pa.table({"i": pa.array(range(5000), pa.int32())}), "numbers.parquet", row_group_size=500)
pq.write_table(pa.table({"image": pa.array([b"\x00\xff"])}), "bytes.parquet")
pq.write_table(pa.table({"x": [1.0, float("nan")]}), "nan.parquet")
