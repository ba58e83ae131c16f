"""The trained model as ONNX graphs.

`reader_graph` is written node by node with ONNX Runtime's fused operators, for one window at a time: no padding, so no
mask; int8 weights with one scale a column and activations quantised as they come. What a window gives depends on
nothing but the window: not on what is read beside it, nor on the number of threads.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from model import Reader
from vakanuvis.extraction.labels import TAGS

MS = "com.microsoft"
OPSET = 17


class _Graph:
    """Collects nodes and weights of a graph."""

    def __init__(self, *, quantised: bool) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.quantised = quantised
        self.count = 0

    def weight(self, value: np.ndarray) -> str:
        self.count += 1
        name = f"w{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, kind: str, inputs: list[str], *, domain: str = "", outputs: int = 1, **attributes: object
    ) -> list[str]:
        self.count += 1
        names = [f"t{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names

    def one(self, kind: str, inputs: list[str], *, domain: str = "", **attributes: object) -> str:
        return self.add(kind, inputs, domain=domain, **attributes)[0]

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """x @ weight.T + bias, int8 with one scale for each output where the graph is quantised."""
        table = weight.T.astype(np.float32)
        if not self.quantised:
            y = self.one("MatMul", [x, self.weight(table)])
            return y if bias is None else self.one("Add", [y, self.weight(bias.astype(np.float32))])
        scale = np.maximum(np.abs(table).max(axis=0), 1e-8) / 127.0
        whole = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        zero = np.zeros(len(scale), np.int8)
        inputs = [x, self.weight(whole), self.weight(scale.astype(np.float32)), self.weight(zero)]
        if bias is not None:
            inputs.append(self.weight(bias.astype(np.float32)))
        return self.one("DynamicQuantizeMatMul", inputs, domain=MS)

    def model(
        self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto], name: str
    ) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="vakanuvis")


def _array(parameter: torch.Tensor) -> np.ndarray:
    return parameter.detach().float().numpy()


def reader_graph(model: Reader, *, quantised: bool) -> onnx.ModelProto:
    """ids (S,), first (W,), last (W,) -> words (W, H), tags (W, K)."""
    g = _Graph(quantised=quantised)
    encoder = model.encoder
    hidden = encoder.word.weight.shape[1]
    table = _array(encoder.word.weight)
    if quantised:
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
        whole = np.clip(np.rint(table / scale), -127, 127).astype(np.int8)
        rows = g.one("Cast", [g.one("Gather", [g.weight(whole), "ids"])], to=TensorProto.FLOAT)
        x = g.one("Mul", [rows, g.one("Gather", [g.weight(scale.astype(np.float32)), "ids"])])
    else:
        x = g.one("Gather", [g.weight(table), "ids"])
    length = g.one("Shape", ["ids"])
    position = g.one("Slice", [g.weight(_array(encoder.position.weight)), g.weight(np.array([0])), length])
    x = g.one("Add", [x, position])
    norm = encoder.norm
    x = g.one(
        "LayerNormalization", [x, g.weight(_array(norm.weight)), g.weight(_array(norm.bias))], axis=-1, epsilon=norm.eps
    )
    batch, flat = g.weight(np.array([1, -1, hidden])), g.weight(np.array([-1, hidden]))
    for layer in encoder.layers:
        weights, biases = _array(layer.qkv.weight), _array(layer.qkv.bias)
        qkv = g.linear(x, weights, biases)
        q, k, v = g.add("Split", [qkv, g.weight(np.array([hidden] * 3))], outputs=3, axis=1)
        q, k, v = (g.one("Reshape", [part, batch]) for part in (q, k, v))
        y = g.one("MultiHeadAttention", [q, k, v], domain=MS, num_heads=layer.heads)
        y = g.linear(g.one("Reshape", [y, flat]), _array(layer.out.weight), None)
        x = _skip_norm(g, y, x, layer.norm1, layer.out.bias)
        y = g.linear(x, _array(layer.up.weight), None)
        y = g.one("BiasGelu", [y, g.weight(_array(layer.up.bias))], domain=MS)
        y = g.linear(y, _array(layer.down.weight), None)
        x = _skip_norm(g, y, x, layer.norm2, layer.down.bias)
    first = g.linear(g.one("Gather", [x, "first"]), _array(model.first.weight), _array(model.first.bias))
    last = g.linear(g.one("Gather", [x, "last"]), _array(model.last.weight), None)
    g.nodes.append(
        helper.make_node(
            "SkipLayerNormalization",
            [first, last, *_norm(g, model.word_norm), g.weight(_array(model.last.bias))],
            ["words"],
            domain=MS,
            epsilon=model.word_norm.eps,
        )
    )
    y = g.linear("words", _array(model.tag_hidden.weight), None)
    y = g.one("BiasGelu", [y, g.weight(_array(model.tag_hidden.bias))], domain=MS)
    out, bias = g.weight(_array(model.tag_out.weight).T), g.weight(_array(model.tag_out.bias))
    g.nodes.append(helper.make_node("Gemm", [y, out, bias], ["tags"]))
    value = helper.make_tensor_value_info
    return g.model(
        [value(n, TensorProto.INT64, [s]) for n, s in (("ids", "S"), ("first", "W"), ("last", "W"))],
        [value("words", TensorProto.FLOAT, ["W", hidden]), value("tags", TensorProto.FLOAT, ["W", len(TAGS)])],
        "reader",
    )


def _norm(g: _Graph, norm: torch.nn.LayerNorm) -> list[str]:
    return [g.weight(_array(norm.weight)), g.weight(_array(norm.bias))]


def _skip_norm(g: _Graph, y: str, x: str, norm: torch.nn.LayerNorm, bias: torch.Tensor) -> str:
    inputs = [y, x, *_norm(g, norm), g.weight(_array(bias))]
    return g.one("SkipLayerNormalization", inputs, domain=MS, epsilon=norm.eps)


class _Relate(torch.nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
        return tuple(part[0] for part in self.model.relate(*(x[None] for x in inputs)))


def relate_graph(model: Reader, path: Path) -> None:
    """Write the graph of `Reader.relate` for one report: the same inputs and outputs without the batch."""
    hidden = model.first.weight.shape[0]
    words = torch.randn(9, hidden)
    spans, kinds = torch.tensor([[0, 1], [4, 5]]), torch.tensor([6, 7])
    inputs = (words, torch.zeros(9, dtype=torch.long), spans, kinds, spans + 1, kinds - 6, torch.ones(2))
    names = ["words", "sentences", "triggers", "trigger_types", "mentions", "mention_types", "mention_mask"]
    outputs = ["roles", "status", "mode", "contexts", "valid"]
    axes = {"words": {0: "W"}, "sentences": {0: "W"}, "triggers": {0: "T"}, "trigger_types": {0: "T"}}
    axes |= {name: {0: "M"} for name in names[4:]} | {name: {0: "T"} for name in outputs[1:]}
    axes["roles"] = {0: "T", 1: "M"}
    torch.onnx.export(
        _Relate(model).eval(),
        inputs,
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
