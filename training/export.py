"""A trained reader as int8 ONNX with its heads beside it, small enough for the package and without pickles."""

from __future__ import annotations

import hashlib
import tempfile
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
import torch
from network import Reader
from onnx.utils import Extractor
from onnxruntime.quantization import QuantType, quantize_dynamic

from communique.pipeline.learned.reader import TAKEN

HEADS = ("states", "near", "far", "mark", "types", "pair", "twice", "apart", "same")


class Outputs(torch.nn.Module):
    """What the packaged reader asks of the network: states of all pieces and their trigger scores."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, *given: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """States (n, length, 384) and trigger scores (n, length, types)."""
        states = self.net.encode(*given)
        return states, self.net.triggers(states)


def exported(net: Reader) -> tuple[bytes, bytes]:
    """The int8 model and the archive of the heads (float16)."""
    net = net.eval()
    net.encoder.set_attn_implementation("eager")
    ids = torch.ones((2, 16), dtype=torch.long)
    small = torch.zeros_like(ids)
    names = [*TAKEN, "mask"]
    axes = {name: {0: "n", 1: "length"} for name in [*names, "states", "triggers"]}
    with tempfile.TemporaryDirectory() as folder:
        whole, packed = Path(folder) / "whole.onnx", Path(folder) / "packed.onnx"
        torch.onnx.export(
            Outputs(net),
            (ids, *[small] * (len(TAKEN) - 1), torch.ones_like(ids)),
            str(whole),
            input_names=names,
            output_names=["states", "triggers"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(whole), str(packed), weight_type=QuantType.QInt8, per_channel=True)
        model = unmasked(onnx.load(packed)).SerializeToString()
    heads = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in net.state_dict().items()
        if name.split(".")[0] in HEADS
    }
    archive = BytesIO()
    np.savez(archive, **heads)
    return model, archive.getvalue()


def unmasked(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model without its mask: a window is read alone and whole, so that the mask only ever adds zeros to what goes
    into each softmax. What comes out is the same to the last bit."""
    graph = model.graph
    maker = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        if node.op_type == "Softmax":
            node.input[0] = maker[node.input[0]].input[0]
    return Extractor(model).extract_model(list(TAKEN), [out.name for out in graph.output])


def save(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files of a reader and their sha256 in `pins.txt`."""
    for name, held in files.items():
        (folder / name).write_bytes(held)
    pins = [f"{hashlib.sha256(held).hexdigest()} {name}" for name, held in files.items()]
    (folder / "pins.txt").write_text("\n".join(pins) + "\n")
