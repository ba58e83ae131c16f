"""How far readings can be trusted: measures by language, type, role and status, their certainty, and each miss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from vakanuvis.annotation import scoring
from vakanuvis.annotation.scoring import ACCURACIES, MEASURES, Comparison
from vakanuvis.ontology import ROLES, STATUSES, ontology
from vakanuvis.records import Event, Mention, Reading, Report

RESAMPLES: Final = 1_000
_CHUNK: Final = 50
_BINS: Final = 10
_SENTENCE_END: Final = re.compile(r"[.!?؟…]+[\"'”’»)]*\s+|\n+")

T = TypeVar("T")
Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of one group of things, with its 95 % bootstrap confidence interval (percentile method).

    Attributes:
        group: `all`, `language`, `type`, `role` or `status`.
        name: which language, type, role or status; empty for all.
        measure: `mention`, `trigger`, ...
        precision, recall: 0 to 1; None for an accuracy.
        value: F1, or the accuracy.
        low, high: bounds of the interval of `value`.
        gold, found: how many are annotated, and how many were found; for an accuracy, out of how many.
    """

    group: str
    name: str
    measure: str
    precision: float | None
    recall: float | None
    value: float
    low: float
    high: float
    gold: int
    found: int | None


@dataclass(frozen=True, slots=True)
class Bin:
    """The items of one span of confidence: how many, their mean confidence, and the share of them that is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether confidences say how often things are right.

    Attributes:
        of: `trigger` or `mention`.
        error: expected calibration error over ten bins of equal width (Guo et al. 2017), 0 to 1.
        bins: those that hold anything.
    """

    of: str
    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that the reading got wrong.

    Attributes:
        record: id of the record.
        kind: `missed event`, `false event`, `wrong type`, `wrong status`, `missed argument`, `false argument`,
            `missed mention`, `false mention` or `wrong mention type`.
        detail: what was annotated and what was read.
        start, end: the span it is about.
        before, words, after: the sentence, split at that span.
    """

    record: str
    kind: str
    detail: str
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome of `evaluate`.

    Attributes:
        records: how many annotated records there are.
        missing: ids of records that were not read; they count as read and found empty.
        rows: the measures.
        calibration: where confidences are given.
        misses: in the order of the records.
    """

    records: int
    missing: tuple[str, ...]
    rows: tuple[Row, ...]
    calibration: tuple[Calibration, ...]
    misses: tuple[Miss, ...]

    def value(self, measure: str, group: str = "all", name: str = "") -> float:
        """F1 (or accuracy) of a measure.

        Raises:
            KeyError: there is no such row.
        """
        for row in self.rows:
            if (row.group, row.name, row.measure) == (group, name, measure):
                return row.value
        raise KeyError((group, name, measure))

    def to_dict(self, *, misses: bool = False) -> dict[str, Any]:
        """As plain values, ready for JSON; with `misses` every miss too."""
        result = asdict(self)
        if not misses:
            del result["misses"]
        return result


def evaluate(gold: Sequence[Reading], found: Iterable[Reading], *, resamples: int = RESAMPLES) -> Evaluation:
    """Compare readings with annotated ones, paired by the id of their reports.

    Args:
        gold: the annotated records.
        found: the readings, in any order; those of other ids are passed over.
        resamples: how often the records are drawn anew (with a fixed seed) for the confidence intervals.

    Raises:
        ValueError: a reading is of another text than the annotated record of its id.
    """
    by_id = {reading.report.id: reading for reading in found}
    comparisons = []
    for wanted in gold:
        given = by_id.get(wanted.report.id)
        if given is not None and given.report.text != wanted.report.text:
            raise ValueError(f"{wanted.report.id}: the text that was read is not the text that is annotated")
        comparisons.append(scoring.compare(wanted, given or Reading(wanted.report, (), ())))
    return Evaluation(
        len(gold),
        tuple(wanted.report.id for wanted in gold if wanted.report.id not in by_id),
        tuple(_rows(comparisons, resamples)),
        tuple(_calibrations(comparisons)),
        tuple(miss for comparison in comparisons for miss in _misses(comparison)),
    )


def _rows(comparisons: list[Comparison], resamples: int) -> Iterator[Row]:
    samples = _Samples(comparisons, resamples)
    for measure in MEASURES:
        yield samples.f1("all", "", measure, measure)
    for measure in ACCURACIES:
        yield samples.accuracy("all", "", measure)
    for language in sorted({_language(comparison) for comparison in comparisons}):
        part = _Samples([c for c in comparisons if _language(c) == language], resamples)
        for measure in MEASURES:
            yield part.f1("language", language, measure, measure)
        for measure in ACCURACIES:
            yield part.accuracy("language", language, measure)
    for group, names, measure in (
        ("type", ontology().events, "trigger"),
        ("role", ROLES, "argument"),
        ("status", STATUSES, "status"),
    ):
        for name in names:
            row = samples.f1(group, name, measure, f"{measure} {name}")
            if row.gold or row.found:
                yield row


def _language(comparison: Comparison) -> str:
    return comparison.gold.report.language or "unknown"


class _Samples:
    """Summed counts of all records, and of many draws of as many records with replacement."""

    def __init__(self, comparisons: list[Comparison], resamples: int) -> None:
        total: Counter[str] = Counter()
        for comparison in comparisons:
            total.update(comparison.counts)
        self._column = {key: column for column, key in enumerate(total)}
        self._total = np.array([list(total.values())], dtype=np.float64)
        table = np.zeros((len(comparisons), len(total)))
        for line, comparison in enumerate(comparisons):
            for key, count in comparison.counts.items():
                table[line, self._column[key]] = count
        random = np.random.default_rng(0)
        shares = np.full(len(comparisons), 1 / len(comparisons))
        self._drawn = np.concatenate(
            [random.multinomial(len(comparisons), shares, size=_CHUNK) @ table for _ in range(0, resamples, _CHUNK)]
        )

    def f1(self, group: str, name: str, measure: str, key: str) -> Row:
        """A row of precision, recall and F1 from the counts `KEY gold`, `KEY found`, `KEY right`."""
        gold, found, right = (f"{key} {part}" for part in ("gold", "found", "right"))
        precision, recall, value = self._f1(self._total, gold, found, right)
        drawn = self._f1(self._drawn, gold, found, right)[2]
        there = self._counts(self._drawn, gold) + self._counts(self._drawn, found) > 0
        values = (float(value[0]), *_interval(drawn, there))
        counts = (int(self._counts(self._total, part)[0]) for part in (gold, found))
        return Row(group, name, measure, float(precision[0]), float(recall[0]), *values, *counts)

    def accuracy(self, group: str, name: str, measure: str) -> Row:
        """A row of one of `ACCURACIES`."""
        right, of = ACCURACIES[measure]
        value, drawn = (
            self._counts(table, right) / np.maximum(1, self._counts(table, of)) for table in (self._total, self._drawn)
        )
        interval = _interval(drawn, self._counts(self._drawn, of) > 0)
        count = int(self._counts(self._total, of)[0])
        return Row(group, name, measure, None, None, float(value[0]), *interval, count, None)

    def _f1(self, table: Counts, gold: str, found: str, right: str) -> tuple[Counts, Counts, Counts]:
        hits = self._counts(table, right)
        precision = hits / np.maximum(1, self._counts(table, found))
        recall = hits / np.maximum(1, self._counts(table, gold))
        return precision, recall, 2 * precision * recall / np.maximum(1e-9, precision + recall)

    def _counts(self, table: Counts, key: str) -> Counts:
        column = self._column.get(key)
        return np.zeros(len(table)) if column is None else table[:, column]


def _interval(drawn: Counts, there: NDArray[np.bool_]) -> tuple[float, float]:
    """The middle 95 % of the values drawn, of those draws in which there is anything to measure."""
    if not there.any():
        return 0.0, 0.0
    low, high = np.percentile(drawn[there], [2.5, 97.5])
    return float(low), float(high)


def _calibrations(comparisons: list[Comparison]) -> Iterator[Calibration]:
    triggers = [(b, any(b is right for _, right in c.triggers)) for c in comparisons for b in c.found.events]
    mentions = [(b, any(b is right for _, right in c.mentions)) for c in comparisons for b in c.found.mentions]
    for of, items in (("trigger", triggers), ("mention", mentions)):
        pairs = [(item.confidence, right) for item, right in items]
        # Readings that came without confidences have 1 throughout.
        if any(confidence < 1 for confidence, _ in pairs):
            yield _calibration(of, pairs)


def _calibration(of: str, pairs: list[tuple[float, bool]]) -> Calibration:
    bins = []
    for number in range(_BINS):
        held = [(c, right) for c, right in pairs if min(int(c * _BINS), _BINS - 1) == number]
        if held:
            confidence = sum(c for c, _ in held) / len(held)
            share = sum(right for _, right in held) / len(held)
            bins.append(Bin(number / _BINS, (number + 1) / _BINS, len(held), confidence, share))
    error = sum(b.count * abs(b.confidence - b.right) for b in bins) / len(pairs)
    return Calibration(of, error, tuple(bins))


def _misses(comparison: Comparison) -> Iterator[Miss]:
    gold, found = comparison.gold, comparison.found
    report = gold.report

    def miss(kind: str, detail: str, span: Mention | Event) -> Miss:
        return Miss(report.id, kind, detail, span.start, span.end, *_sentence(report, span.start, span.end))

    lost = _left(gold.events, [a for a, _ in comparison.triggers])
    extra = _left(found.events, [b for _, b in comparison.triggers])
    mistyped = scoring.pair(lost, extra, lambda a, b: min(a.end, b.end) > max(a.start, b.start))
    for a, b in mistyped:
        yield miss("wrong type", f"{a.type}, read as {b.type}", a)
    for event in _left(lost, [a for a, _ in mistyped]):
        yield miss("missed event", f"{event.type}, {event.status}", event)
    for event in _left(extra, [b for _, b in mistyped]):
        yield miss("false event", f"{event.type}, {event.status}, {event.confidence:.2f}", event)
    for a, b in comparison.triggers:
        if a.status != b.status:
            yield miss("wrong status", f"{a.type}: {a.status}, read as {b.status}", a)
    # The arguments of an event that was missed are missed with it.
    for kind, reading, column in (("missed argument", gold, 0), ("false argument", found, 1)):
        events = [pair[column] for pair in comparison.triggers]
        right = [pair[column] for pair in comparison.arguments]
        for item in scoring.arguments(reading):
            if _among(item.event, events) and not any(
                item.event is a.event and item.role == a.role and item.mention is a.mention for a in right
            ):
                words = reading.words(item.event)
                yield miss(kind, f"{item.role} of {item.event.type} “{words}”", item.mention)
    unnamed = _left(gold.mentions, [a for a, _ in comparison.mentions])
    surplus = _left(found.mentions, [b for _, b in comparison.mentions])
    mislabelled = scoring.pair(unnamed, surplus, lambda a, b: min(a.end, b.end) > max(a.start, b.start))
    for m, n in mislabelled:
        if m.type != n.type:
            yield miss("wrong mention type", f"{m.type}, read as {n.type}", m)
        else:
            yield miss("missed mention", f"{m.type}, read as “{found.words(n)}”", m)
    for mention in _left(unnamed, [m for m, _ in mislabelled]):
        yield miss("missed mention", mention.type, mention)
    for mention in _left(surplus, [n for _, n in mislabelled]):
        yield miss("false mention", f"{mention.type}, {mention.confidence:.2f}", mention)


def _left(items: Sequence[T], taken: Sequence[T]) -> list[T]:
    return [item for item in items if not _among(item, taken)]


def _among(item: object, items: Sequence[object]) -> bool:
    return any(item is other for other in items)


def _sentence(report: Report, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around a span, split into what stands before it, the span, and what stands after it."""
    text = report.text
    left = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    match = _SENTENCE_END.search(text, end)
    right = match.end() if match else len(text)
    return text[left:start].lstrip(), text[start:end], text[end:right].rstrip()
