"""`vakanuvis who`: who an actor phrase means, and what offices a person held."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import IO, Any

import click

from vakanuvis.cli._terminal import printable
from vakanuvis.errors import InputError
from vakanuvis.records import Identity

_HALVES = re.compile("[\ud800-\udfff]")


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day: write it as 2025-11-05", context, parameter) from None


@click.command("who")
@click.argument("phrases", nargs=-1, metavar="[PHRASE]...")
@click.option("--on", callback=_day, metavar="DATE", help="The day that it is about; without one, as of today.")
@click.option("--language", metavar="CODE", help="Language of the phrases (tr, en, ar); guessed where not given.")
@click.option(
    "--from",
    "source",
    type=click.File(encoding="utf-8-sig"),
    metavar="FILE",
    help="JSON Lines with `text` and, where known, `on` and `lang`; - is standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a phrase.")
def command(
    phrases: tuple[str, ...], on: date | None, language: str | None, source: IO[str] | None, as_json: bool
) -> int:
    """Say who an actor phrase means.

    PHRASE is a name, an office, a group, in Turkish, English or Arabic: "MİT Başkanı", "Turkish riot police". Of a
    person the offices held are listed.

    Exit code 0: all phrases were answered, be it with "unknown"; 1: a line of FILE could not be read.

    \b
    Examples:
      vakanuvis who "MİT Başkanı" --on 2025-11-05
      vakanuvis who --from phrases.jsonl --json
    """
    if not phrases and source is None:
        raise click.UsageError("Give a PHRASE, or --from FILE.")
    from vakanuvis.resolution import resolver

    found = resolver()
    faults: list[InputError] = []
    asked: Iterator[tuple[str, date | None, str | None] | InputError] = iter([(p, on, language) for p in phrases])
    for ask in (*asked, *(_lines(source, on, language) if source else ())):
        if isinstance(ask, InputError):
            faults.append(ask)
            continue
        text, day, code = ask
        identity = found.who(text, day, language=code)
        if as_json:
            click.echo(_json(as_row(identity, day)))
        else:
            _show(identity)
    for fault in faults:
        click.echo(f"vakanuvis: {printable(str(fault))}", err=True)
    return 1 if faults else 0


def as_row(identity: Identity, on: date | None) -> dict[str, Any]:
    """An identity as the JSON object that docs/who.md describes."""
    row = asdict(identity)
    del row["mention"]
    row = {"text": row.pop("text"), "on": on.isoformat() if on else None, **row, "sectors": list(identity.sectors)}
    row["alternatives"] = [
        {"entity": i.entity, "name": i.name, "office": i.office, "polity": i.polity, "sectors": list(i.sectors)}
        for i in identity.alternatives
    ]
    return row


def _json(row: dict[str, Any]) -> str:
    line = json.dumps(row, ensure_ascii=False)
    # Half of a surrogate pair can be escaped in JSON, but not be written in UTF-8.
    return json.dumps(row) if _HALVES.search(line) else line


def _lines(
    source: IO[str], on: date | None, language: str | None
) -> Iterator[tuple[str, date | None, str | None] | InputError]:
    try:
        for number, line in enumerate(source, 1):
            if line.strip():
                yield _asked(line, getattr(source, "name", "-"), number, on, language)
    except UnicodeDecodeError:
        yield InputError(getattr(source, "name", "-"), "not UTF-8")


def _asked(
    line: str, name: str, number: int, on: date | None, language: str | None
) -> tuple[str, date | None, str | None] | InputError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(name, f"no JSON: {error}", number)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return InputError(name, "no object with a field 'text'", number)
    given, code = row.get("on"), row.get("lang") or language
    try:
        day = date.fromisoformat(str(given)[:10]) if given else on
    except ValueError:
        return InputError(name, f"'on' is no day: {given!r}", number)
    return row["text"], day, code if isinstance(code, str) else None


def _show(identity: Identity) -> None:
    # click colours a line or two; rich would take longer to import than the answer to be found.
    lines = [click.style(printable(identity.text), bold=True)]
    rows = [
        ("is", f"{identity.name}  ({identity.entity})" if identity.name else None),
        ("office", identity.office),
        ("polity", identity.polity),
        ("sectors", ", ".join(identity.sectors)),
        ("confidence", f"{identity.confidence:.2f}"),
    ]
    if identity.polity is None and not identity.sectors and identity.entity is None:
        lines.append(click.style("  unknown", fg="yellow"))
        rows = []
    lines += [_labelled(label, value) for label, value in rows if value]
    others = [", ".join(filter(None, (i.name, i.office, i.polity))) for i in identity.alternatives]
    lines += [_labelled("or", other) for other in others if other]
    lines += [_labelled("held", line) for line in _career(identity)]
    # As everywhere else: no colours for a file or a pipe, nor where the user wants none.
    click.echo("\n".join(lines), color=False if os.environ.get("NO_COLOR") else None)


def _labelled(label: str, value: str) -> str:
    return click.style(f"  {label:11}", dim=True) + value


def _career(identity: Identity) -> Iterator[str]:
    """The offices that a person held, with their sources."""
    from vakanuvis.resolution import resolver

    if identity.entity is None:
        return
    for post in resolver().people.career(identity.entity):
        term = post.term
        days = f"{term.start or '?'} to {term.end or 'now, as of ' + term.checked}"
        mark = "" if term.verified else ", unverified"
        yield f"{post.office.name_en} ({post.office.polity}), {days}  [{term.source}{mark}]"
