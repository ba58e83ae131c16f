"""The model at work: reports in, readings out.

A window is read by one thread from beginning to end; several windows are read at the same time by several threads. So a
reading depends on its report alone: not on the reports beside it, their order, or the number of threads.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from vakanuvis.errors import ModelError
from vakanuvis.extraction.assemble import Scores, Settings, assemble, without_determiner
from vakanuvis.extraction.casualties import count_casualties
from vakanuvis.extraction.decode import Span, decode
from vakanuvis.extraction.labels import MENTION_TYPES
from vakanuvis.extraction.tokens import Subwords, Words, split_words
from vakanuvis.extraction.windows import LONGEST, windows
from vakanuvis.intake import warnings
from vakanuvis.records import Reading, Report

Array = npt.NDArray[np.float32]
_UNKNOWN = 3  # piece id
_AHEAD = 4  # reports in work for each thread
# Words whose vectors are held at once: a longer report is related in sections of so many words, with this overlap.
_SECTION, _SECTION_SHARED = 1200, 200


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model gives for the words of a section: vectors (W, H), tag scores (W, K)."""

    vectors: Array
    tags: Array


class Extractor:
    """Reads reports with the model that the package carries.

    Attributes:
        version: of the model; the same version reads the same report the same way.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Load a model.

        Args:
            folder: where its files lie (docs/model-card.md).
            threads: reports read at the same time; by default as many as there are processors to use.

        Raises:
            ModelError: a file is missing or damaged.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            self.transitions = np.asarray(card["transitions"], dtype=np.float32)
            self._settings = Settings(**card["settings"])
            self.version: str = card["version"]
            self.subwords = Subwords(Tokenizer.from_file(str(folder / "tokenizer.json")))
            providers = ["CPUExecutionProvider"]
            self._reader = onnxruntime.InferenceSession(str(folder / "reader.onnx"), options, providers=providers)
            self._relate = onnxruntime.InferenceSession(str(folder / "relate.onnx"), options, providers=providers)
        except Exception as error:  # tokenizers and ONNX Runtime raise bare Exceptions
            raise ModelError(f"the model in {folder} cannot be loaded: {error}") from error
        self._threads = threads or processors()

    @classmethod
    def load(cls, threads: int | None = None) -> Extractor:
        """The model that the package carries.

        Raises:
            ModelError: a file is missing or damaged.
        """
        with as_file(files("vakanuvis.extraction") / "model") as folder:
            return cls(folder, threads)

    def read(self, report: Report, *, min_confidence: float = 0.0) -> Reading:
        """Read one report. Events and mentions of less than `min_confidence` are left out."""
        words = split_words(report.text)
        seen = self.see(words)
        mentions, triggers = self.spans(seen, words, self._settings.outside_bias)
        scores = self.related(seen, words, mentions, triggers) if triggers else None
        found, events = assemble(words, mentions, triggers, scores, self._settings)
        events = count_casualties(report.text, found, events)
        reading = Reading(report, found, events, warnings(report))
        return confident(reading, min_confidence) if min_confidence > 0 else reading

    def read_many(self, reports: Iterable[Report], *, min_confidence: float = 0.0) -> Iterator[Reading]:
        """Read reports, several at a time; the readings come in the order of the reports.

        Only a few reports are held at once, so the reports may be an endless stream.
        """
        waiting: deque[Future[Reading]] = deque()
        with ThreadPoolExecutor(self._threads, thread_name_prefix="vakanuvis-read") as pool:
            try:
                for report in reports:
                    waiting.append(pool.submit(self.read, report, min_confidence=min_confidence))
                    if len(waiting) > _AHEAD * self._threads:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def see(self, words: Words) -> Seen:
        """Vectors and tag scores of all words, stitched together from the windows."""
        pieces = [piece[: LONGEST // 2] for piece in self.subwords(words.forms)]
        vectors, tags = [], []
        for window in windows([len(piece) for piece in pieces], words.sentences):
            ids: list[int] = []
            first, last = [], []
            for piece in pieces[window.first : window.last]:
                first.append(len(ids))
                ids.extend(piece or (_UNKNOWN,))
                last.append(len(ids) - 1)
            feed = {name: np.asarray(row, np.int64) for name, row in (("ids", ids), ("first", first), ("last", last))}
            v, t = self._reader.run(("words", "tags"), feed)
            take = slice(window.take_first - window.first, window.take_last - window.first)
            vectors.append(v[take])
            tags.append(t[take])
        if not vectors:
            return Seen(np.zeros((0, 1), np.float32), np.zeros((0, len(self.transitions[0])), np.float32))
        return Seen(np.concatenate(vectors), np.concatenate(tags))

    def spans(self, seen: Seen, words: Words, outside_bias: float) -> tuple[list[Span], list[Span]]:
        """The mentions and the triggers of a report, in the order of the text."""
        spans = decode(seen.tags, self.transitions, outside_bias)
        mentions = [s for s in spans if s.kind < len(MENTION_TYPES)]
        triggers = [without_determiner(s, words) for s in spans if s.kind >= len(MENTION_TYPES)]
        return mentions, [s for s in triggers if s]

    def related(self, seen: Seen, words: Words, mentions: list[Span], triggers: list[Span]) -> Scores:
        """Roles, status, mode and contexts of the triggers, section by section."""
        count = len(words)
        if count <= _SECTION:
            return self._relate_section(seen, words, mentions, triggers, 0, count)
        parts: list[tuple[list[int], list[int], Scores]] = []
        step = _SECTION - _SECTION_SHARED
        for at in range(0, count, step):
            # A section answers for the triggers in its middle and sees the mentions up to its edges.
            low = at + (_SECTION_SHARED // 2 if at else 0)
            high = low + step if at else at + _SECTION - _SECTION_SHARED // 2
            end = min(at + _SECTION, count)
            if end == count:
                high = count
            mine = [i for i, s in enumerate(triggers) if low <= s.first < high]
            near = [i for i, s in enumerate(mentions) if at <= s.first and s.last < end]
            if mine:
                picked = [triggers[i] for i in mine]
                picked_last = max(end, picked[-1].last + 1)
                section = self._relate_section(seen, words, [mentions[i] for i in near], picked, at, picked_last)
                parts.append((mine, near, section))
            if end == count:
                break
        first = parts[0][2]
        roles = np.full((len(triggers), len(mentions), first.roles.shape[2]), -20.0, np.float32)
        for mine, near, scores in parts:
            roles[np.ix_(mine, near)] = scores.roles[:, : len(near)]
        names = ("status", "mode", "contexts", "valid", "types")
        return Scores(roles, *(np.concatenate([getattr(part[2], name) for part in parts]) for name in names))

    def _relate_section(
        self, seen: Seen, words: Words, mentions: list[Span], triggers: list[Span], first: int, last: int
    ) -> Scores:
        # The graph needs one mention at least; a masked one stands in where there is none.
        stand_in = mentions or [replace(triggers[0], kind=0)]
        feed = {
            "words": seen.vectors[first:last],
            "sentences": np.asarray(words.sentences[first:last], np.int64),
            "triggers": np.asarray([[s.first - first, s.last - first] for s in triggers], np.int64),
            "trigger_types": np.asarray([s.kind for s in triggers], np.int64),
            "mentions": np.asarray([[s.first - first, s.last - first] for s in stand_in], np.int64),
            "mention_types": np.asarray([s.kind for s in stand_in], np.int64),
            "mention_mask": np.full(len(stand_in), float(bool(mentions)), np.float32),
        }
        return Scores(*self._relate.run(("roles", "status", "mode", "contexts", "valid", "types"), feed))


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def confident(reading: Reading, least: float) -> Reading:
    """The reading without the events of less than this confidence, and without such mentions that no event needs."""
    events = tuple(e for e in reading.events if e.confidence >= least)
    needed = {key for e in events for role in (e.actor, e.recipient, e.place, e.time, e.source) for key in role}
    mentions = tuple(m for m in reading.mentions if m.confidence >= least or m.id in needed)
    return replace(reading, mentions=mentions, events=events)
