"""The annotation format (docs/annotating.md): passages with marks, as readings, and back.

## tr-0001 | lang=tr | date=2025-11-05
[Fidan](PER m1), [Kahire](GPE m2)'de [Abdulati](PER m3) ile {görüştü}(CONSULT e1).
e1: actor=m1 recipient=m3 place=m2 status=actual context=diplomatic
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from vakanuvis.errors import AnnotationError, InputError
from vakanuvis.ontology import MENTION_TYPES, ROLES, STATUSES, ontology
from vakanuvis.records import Event, Mention, Reading, Report

_MARK: Final = re.compile(r"\[([^\[\]{}]+)\]\(([A-Z]+) (m\d+)\)|\{([^\[\]{}]+)\}\(([A-Z]+) (e\d+)\)")
_HEADER: Final = re.compile(r"## (\S+) \| lang=([a-z]{2,3}) \| date=(\d{4}-\d{2}-\d{2})")
_BRACKETS: Final = str.maketrans("[]{}", "()()")
_LISTS: Final = (*ROLES, "context")


@dataclass(frozen=True, slots=True)
class Passage:
    """One record of an annotation file.

    Attributes:
        line: the line of its header, from 1.
        reading: what is annotated, with full confidence; None where the record cannot be made out.
        faults: what breaks the format, each with file and line; empty for a good record.
    """

    line: int
    reading: Reading | None
    faults: tuple[str, ...]


def passages(path: str | PathLike[str]) -> list[Passage]:
    """The records of an annotation file, faulty ones too.

    Raises:
        InputError: the file cannot be read.
    """
    name = fspath(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise InputError(name, f"not UTF-8 (at byte {error.start})") from None
    return list(parse(text, name))


def parse(text: str, name: str) -> Iterator[Passage]:
    """The records of an annotation file's text; `name` is how faults call the file."""
    seen: dict[str, int] = {}
    for first, lines in _blocks(text):
        passage = _passage(lines, first, name)
        if passage.reading is not None:
            key = passage.reading.report.id
            if key in seen:
                fault = f"{name}:{first}: the id {key} stands in line {seen[key]} already"
                passage = Passage(first, passage.reading, (*passage.faults, fault))
            seen.setdefault(key, first)
        yield passage


def load(path: str | PathLike[str]) -> list[Reading]:
    """The annotated passages of a file as readings.

    Raises:
        InputError: the file cannot be read.
        AnnotationError: a record breaks the format; the message has every fault, one a line.
    """
    found = passages(path)
    faults = [fault for passage in found for fault in passage.faults]
    if faults:
        raise AnnotationError("\n".join(faults))
    return [passage.reading for passage in found if passage.reading is not None]


def write(reading: Reading) -> str:
    """A reading as a record of an annotation file, a draft to correct by hand.

    The passage stands in one line: line ends and square and curly brackets are exchanged for blanks and round ones.

    Raises:
        AnnotationError: language or date of the report is unknown, or two marks overlap.
    """
    report = reading.report
    if report.language is None or report.day is None:
        missing = "language" if report.language is None else "date of publication"
        raise AnnotationError(f"{report.id}: the format asks for a {missing}, and it is not known")
    spans: list[Mention | Event] = sorted([*reading.mentions, *reading.events], key=lambda span: span.start)
    text = re.sub(r"\s", " ", report.text).translate(_BRACKETS)
    marked, at = [], 0
    for span in spans:
        if span.start < at:
            raise AnnotationError(f"{report.id}: {span.id} overlaps another mark")
        left, right = "{}" if isinstance(span, Event) else "[]"
        marked += [text[at : span.start], f"{left}{text[span.start : span.end]}{right}({span.type} {span.id})"]
        at = span.end
    marked.append(text[at:])
    header = f"## {'_'.join(report.id.split())} | lang={report.language} | date={report.day.isoformat()}"
    return "\n".join([header, "".join(marked).strip(), *map(_event_line, reading.events)]) + "\n"


def _event_line(event: Event) -> str:
    pairs = [(role, ",".join(getattr(event, role))) for role in ROLES]
    pairs += [("status", event.status), ("mode", event.mode or ""), ("context", ",".join(event.context))]
    pairs += [
        (name, str(count)) for name, count in (("dead", event.dead), ("injured", event.injured)) if count is not None
    ]
    return f"{event.id}: " + " ".join(f"{name}={value}" for name, value in pairs if value)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines that are not blank, each with the number of its first line."""
    block: list[str] = []
    # Only \n ends a line: a passage may hold the other characters that str.splitlines breaks at.
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield number - len(block), block
            block = []


def _passage(lines: list[str], first: int, name: str) -> Passage:
    header = _HEADER.fullmatch(lines[0])
    if not header:
        fault = f"{name}:{first}: not a record, it must begin with '## id | lang=xx | date=YYYY-MM-DD'"
        return Passage(first, None, (f"{fault}: {lines[0][:60]!r}",))
    if len(lines) < 2:
        return Passage(first, None, (f"{name}:{first}: {header[1]} has no passage",))
    faults: list[str] = []
    try:
        published = datetime.fromisoformat(header[3])
    except ValueError:
        faults.append(f"{name}:{first}: no such day: {header[3]}")
        published = None
    text, mentions, events = _unmark(lines[1], f"{name}:{first + 1}", faults)
    told: dict[str, Event] = {}
    for number, line in enumerate(lines[2:], first + 2):
        key, _, rest = line.partition(":")
        if key not in events:
            faults.append(f"{name}:{number}: no trigger for the line {line[:60]!r}")
        elif key in told:
            faults.append(f"{name}:{number}: {key} has two lines")
        else:
            told[key] = _event(events[key], rest.split(), mentions, f"{name}:{number}: {key}", faults)
    faults += [f"{name}:{first + 1}: no line for {key}" for key in events if key not in told]
    report = Report(header[1], text, published=published, language=header[2], source=f"{name}:{first}")
    return Passage(first, Reading(report, tuple(mentions.values()), tuple(told.values())), tuple(faults))


def _unmark(marked: str, where: str, faults: list[str]) -> tuple[str, dict[str, Mention], dict[str, Mention]]:
    """The plain text of a marked passage, its mentions and its triggers, by id."""
    text, at = "", 0
    mentions: dict[str, Mention] = {}
    triggers: dict[str, Mention] = {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        words, kind, key = mark[1] or mark[4], mark[2] or mark[5], mark[3] or mark[6]
        span = Mention(key, kind, len(text), len(text) + len(words))
        text += words
        at = mark.end()
        if words != words.strip():
            faults.append(f"{where}: {key} has white space at its edge: {words!r}")
        if (text[: span.start] or " ")[-1].isalnum() or marked[at : at + 1].isalnum():
            faults.append(f"{where}: {key} cuts a word: {words!r}")
        if key in mentions or key in triggers:
            faults.append(f"{where}: {key} stands twice")
        if key.startswith("m"):
            mentions[key] = span
            if kind not in MENTION_TYPES:
                faults.append(f"{where}: {key}: no mention type {kind}")
        else:
            triggers[key] = span
            if kind not in ontology().events:
                faults.append(f"{where}: {key}: no event type {kind}")
    text += marked[at:]
    if re.search(r"[\[\]{}]", text):
        faults.append(f"{where}: a bracket is left in the text: {text[:80]!r}")
    return text, mentions, triggers


def _event(trigger: Mention, pairs: list[str], mentions: dict[str, Mention], where: str, faults: list[str]) -> Event:
    """An event from the pairs of its line, as `actor=m1,m2`."""
    fields: dict[str, Any] = {}
    kind = ontology().events.get(trigger.type)
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name in _LISTS:
            fields[name] = tuple(value.split(","))
            known = ontology().contexts if name == "context" else mentions
            what = "context" if name == "context" else "mention"
            faults += [f"{where}: no {what} {item}" for item in fields[name] if item not in known]
        elif (name == "status" and value in STATUSES) or (name == "mode" and kind and value in kind.modes):
            fields[name] = value
        elif name in ("dead", "injured") and value.isdecimal():
            fields[name] = int(value)
        else:
            faults.append(f"{where}: not understood: {pair!r}")
    faults += [f"{where}: no {name}" for name in ("status", "context") if name not in fields]
    return Event(trigger.id, trigger.type, trigger.start, trigger.end, fields.pop("status", ""), **fields)
