"""The trained model as ONNX graphs.

`reader_graph` is written node by node with ONNX Runtime's fused operators, for one window at a time: no padding, so no
mask; int8 weights with one scale a column and activations quantised as they come. What a window gives depends on
nothing but the window: not on what is read beside it, nor on the number of threads.

The two marks at the ends of a window go through the layers apart from the words between them, and meet these only in
attention: the encoder keeps activations ten times larger there than anywhere else (attention sinks, Xiao et al., 2023),
and one scale for both would leave the words a handful of steps.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from encoder import Encoder
from model import Reader
from vakanuvis.extraction.labels import TAGS

MS = "com.microsoft"
OPSET = 20
BEGIN, END = 0, 2  # piece ids of the marks at the ends of a window


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

    def table(self, table: np.ndarray) -> list[str]:
        """A table of weights as DynamicQuantizeMatMul takes it: int8, one scale a column, zero points."""
        scale = np.maximum(np.abs(table).max(axis=0), 1e-8) / 127.0
        whole = self.weight(np.clip(np.rint(table / scale), -127, 127).astype(np.int8))
        return [whole, self.weight(scale.astype(np.float32)), self.weight(np.zeros(len(scale), np.int8))]

    def linear(self, rows: tuple[str, ...], layer: nn.Linear) -> tuple[str, ...]:
        """x @ weight.T + bias of each part, int8 with one scale for each output where the graph is quantised.

        The bias is part of the product: added later it would be fused with what follows into slower operators.
        """
        table, bias = array(layer.weight).T, self.weight(array(layer.bias))
        if not self.quantised:
            weight = self.weight(table)
            return tuple(self.one("Add", [self.one("MatMul", [x, weight]), bias]) for x in rows)
        inputs = [*self.table(table), bias]
        return tuple(self.one("DynamicQuantizeMatMul", [x, *inputs], domain=MS) for x in rows)

    def gelu(self, rows: tuple[str, ...]) -> tuple[str, ...]:
        """GELU of each part."""
        return tuple(self.one("Gelu", [x]) for x in rows)

    def skip_norm(self, rows: tuple[str, ...], skip: tuple[str, ...], norm: nn.LayerNorm) -> tuple[str, ...]:
        """The layer norm of rows + skip. ONNX Runtime's fused operator takes three times as long."""
        weights = [self.weight(array(part)) for part in (norm.weight, norm.bias)]
        sums = (self.one("Add", [x, y]) for x, y in zip(rows, skip, strict=True))
        return tuple(self.one("LayerNormalization", [x, *weights], axis=-1, epsilon=norm.eps) for x in sums)

    def model(
        self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto], name: str
    ) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, name, inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="vakanuvis")


def array(parameter: Tensor) -> np.ndarray:
    """A parameter as float32."""
    return parameter.detach().float().numpy()


Rows = tuple[str, str]  # the words of a window, and the two marks at its ends


def reader_graph(model: Reader, *, quantised: bool) -> onnx.ModelProto:
    """ids (S,) without the marks at the ends, first (W,), last (W,) -> words (W, H), tags (W, K)."""
    g = _Graph(quantised=quantised)
    encoder = model.encoder
    hidden = encoder.word.weight.shape[1]
    x = _embed(g, encoder)
    batch, flat = g.weight(np.array([1, -1, hidden])), g.weight(np.array([-1, hidden]))
    zero, two, rest = (g.weight(np.array([n])) for n in (0, 2, np.iinfo(np.int64).max))
    thirds = g.weight(np.array([hidden] * 3))
    for layer in encoder.layers:
        ends_first = g.linear(x, layer.qkv)[::-1]
        q, k, v = g.add("Split", [g.one("Concat", list(ends_first), axis=0), thirds], outputs=3, axis=1)
        q, k, v = (g.one("Reshape", [part, batch]) for part in (q, k, v))
        y = g.one("MultiHeadAttention", [q, k, v], domain=MS, num_heads=layer.heads)
        y = g.one("Reshape", [y, flat])
        attended = (g.one("Slice", [y, two, rest, zero]), g.one("Slice", [y, zero, two, zero]))
        x = g.skip_norm(g.linear(attended, layer.out), x, layer.norm1)
        x = g.skip_norm(g.linear(g.gelu(g.linear(x, layer.up)), layer.down), x, layer.norm2)
    words = x[0]
    first = g.linear((g.one("Gather", [words, "first"]),), model.first)
    last = g.linear((g.one("Gather", [words, "last"]),), model.last)
    (out,) = g.skip_norm(first, last, model.word_norm)
    g.nodes.append(helper.make_node("Identity", [out], ["words"]))
    (y,) = g.gelu(g.linear((out,), model.tag_hidden))
    table, bias = g.weight(array(model.tag_out.weight).T), g.weight(array(model.tag_out.bias))
    g.nodes.append(helper.make_node("Gemm", [y, table, bias], ["tags"]))
    value = helper.make_tensor_value_info
    return g.model(
        [value(n, TensorProto.INT64, [s]) for n, s in (("ids", "S"), ("first", "W"), ("last", "W"))],
        [value("words", TensorProto.FLOAT, ["W", hidden]), value("tags", TensorProto.FLOAT, ["W", len(TAGS)])],
        "reader",
    )


def _embed(g: _Graph, encoder: Encoder) -> Rows:
    table, places = array(encoder.word.weight), g.weight(array(encoder.position.weight))
    ends = g.weight(np.array([BEGIN, END]))
    if g.quantised:
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127.0
        whole = g.weight(np.clip(np.rint(table / scale), -127, 127).astype(np.int8))
        scales = g.weight(scale.astype(np.float32))

        def look_up(ids: str) -> str:
            rows = g.one("Cast", [g.one("Gather", [whole, ids])], to=TensorProto.FLOAT)
            return g.one("Mul", [rows, g.one("Gather", [scales, ids])])
    else:
        floats = g.weight(table)

        def look_up(ids: str) -> str:
            return g.one("Gather", [floats, ids])

    one = g.weight(np.array([1]))
    after = g.one("Add", [g.one("Shape", ["ids"]), one])  # the place of the mark behind the last word
    between = g.one("Slice", [places, one, after])
    outer = g.one("Gather", [places, g.one("Concat", [g.weight(np.array([0])), after], axis=0)])
    norm = [g.weight(array(encoder.norm.weight)), g.weight(array(encoder.norm.bias))]
    words, marks = (
        g.one(
            "LayerNormalization",
            [g.one("Add", [look_up(ids), place]), *norm],
            axis=-1,
            epsilon=encoder.norm.eps,
        )
        for ids, place in (("ids", between), (ends, outer))
    )
    return words, marks


HIDDEN = 128  # columns of a product from which int8 pays; the scores themselves have fewer


class _Relate(nn.Module):
    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        return tuple(part[0] for part in self.model.relate(*(x[None] for x in inputs)))


def relate_graph(model: Reader, path: Path, *, quantised: bool) -> None:
    """Write the graph of `Reader.relate` for one report: the same inputs and outputs without the batch."""
    hidden = model.first.weight.shape[0]
    words = torch.randn(9, hidden)
    spans, kinds = torch.tensor([[0, 1], [4, 5]]), torch.tensor([6, 7])
    inputs = (words, torch.zeros(9, dtype=torch.long), spans, kinds, spans + 1, kinds - 6, torch.ones(2))
    names = ["words", "sentences", "triggers", "trigger_types", "mentions", "mention_types", "mention_mask"]
    outputs = ["roles", "status", "mode", "contexts", "valid", "types"]
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
    if quantised:
        onnx.save(_with_int8(onnx.load(path)), path)


def _with_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """The graph with its products by a table of weights in int8, each with the bias that is added to it."""
    graph = model.graph
    weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    g = _Graph(quantised=True)
    merged = set()
    for node in graph.node:
        table = weights.get(node.input[1]) if node.op_type == "MatMul" else None
        if table is not None and table.ndim == 2 and table.shape[1] >= HIDDEN:
            bias, out = "", node.output[0]
            after = readers[out][0]
            if after.op_type == "Add" and (added := weights.keys() & set(after.input)):
                (bias,), out = added, after.output[0]
                merged.add(out)
            inputs = [node.input[0], *g.table(table), bias]
            g.nodes.append(helper.make_node("DynamicQuantizeMatMul", inputs, [out], domain=MS))
        elif node.output[0] not in merged:
            g.nodes.append(node)
    used = {name for node in g.nodes for name in node.input}
    g.weights += [w for w in graph.initializer if w.name in used]
    return g.model(list(graph.input), list(graph.output), "relate")
