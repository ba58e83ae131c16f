"""vakanuvis register: look into the register, check it, widen it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from vakanuvis.errors import RegisterError
from vakanuvis.resolution.register import Register, load, user_folder
from vakanuvis.resolution.register.checks import check as faults_of
from vakanuvis.resolution.register.store import shipped_folder


@click.group(name="register")
def command() -> None:
    """Look into the register of polities, organisations, persons and offices; check it; widen it.

    \b
    Examples:
      vakanuvis register show "Hakan Fidan"
      vakanuvis register check --no-warnings
    """


@command.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def info(as_json: bool) -> None:
    """Say what the register holds, how fresh it is and where the user's own part lies."""
    register = load()
    own = user_folder()
    verified = sum(term.verified for office in register.offices() for term in register.terms(office.id))
    counts = register.counts()
    row: dict[str, Any] = {"version": register.version, "verified_terms": verified, "rows": counts}
    row |= {"user_folder": str(own), "user_folder_in_use": own.is_dir()}
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    click.echo(f"Register {register.version}")
    for table, count in counts.items():
        click.echo(f"  {count:>7,} {table}" + (f" ({verified:,} verified)" if table == "terms" else ""))
    click.echo(f"Your own rows: {own}" + ("" if own.is_dir() else " (not there yet)"))


@command.command()
@click.argument("key", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def show(key: str, as_json: bool) -> None:
    """Show an entry: the code of a polity, the id of an organisation, a person or an office, or a name.

    \b
    vakanuvis register show tur.head-of-intelligence
    vakanuvis register show "Hakan Fidan"
    """
    register = load()
    entries = _find(register, key)
    if not entries:
        raise RegisterError(f"the register has no entry {key!r}")
    for kind, found in entries:
        row = _row(register, kind, found)
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else "\n".join(_lines(row)))


def _find(register: Register, key: str) -> list[tuple[str, str]]:
    exact = [
        ("polity", key.upper(), register.polity),
        ("organisation", key.lower(), register.organisation),
        ("person", key, register.person),
        ("office", key.lower(), register.office),
    ]
    found = [(kind, spelled) for kind, spelled, get in exact if get(spelled)]
    # A title alone ("Prime Minister") is the name of an office in many polities: that is a question for `who`.
    return found or [(entry.kind, entry.id) for entry in register.lookup(key) if entry.weight > 0.2]


def _row(register: Register, kind: str, key: str) -> dict[str, Any]:
    entry = getattr(register, kind)(key)
    row: dict[str, Any] = {"kind_of_entry": kind, **asdict(entry)}
    if kind in ("organisation", "office"):
        row["sectors"] = register.sectors(entry)
    if kind in ("polity", "organisation"):
        row["offices"] = [office.id for office in register.offices(key)]
    terms = {"office": register.terms, "person": register.terms_of}.get(kind)
    if terms:
        row["terms"] = [_term(register, term, kind) for term in terms(key)]
    return row


def _term(register: Register, term: Any, kind: str) -> dict[str, Any]:
    row = asdict(term)
    office, person = register.office(term.office), register.person(term.person)
    row["name"] = (person.name_en if person else "") if kind == "office" else (office.name_en if office else "")
    source = register.source(term.source)
    row["source_title"] = source.title if source else term.source
    return row


def _lines(row: dict[str, Any]) -> list[str]:
    lines = [f"{row['kind_of_entry']} {row.get('id') or row.get('code')}"]
    for name, value in row.items():
        if name in ("kind_of_entry", "id", "code", "terms", "offices") or value in ("", (), []):
            continue
        text = " | ".join(value) if isinstance(value, tuple) else {True: "yes", False: "no"}.get(value, value)
        lines.append(f"  {name.replace('_', ' ')}: {text}")
    for term in row.get("terms", []):
        until = term["end"] or f"(still so on {term['checked']})"
        mark = "" if term["status"] == "verified" else "  UNVERIFIED"
        subject = term["name"] if row["kind_of_entry"] == "office" else f"{term['name']} [{term['office']}]"
        lines.append(f"  {term['start'] or '?'} – {until}  {subject}{mark}  ({term['source_title']})")
    if row.get("offices"):
        lines.append("  offices: " + ", ".join(row["offices"]))
    return lines


@command.command()
@click.option("--warnings/--no-warnings", default=True, help="Whether to print warnings too.", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def check(warnings: bool, as_json: bool) -> None:
    """Look for overlaps in single-holder offices, gaps, missing sources, unknown codes, ids that lead nowhere,
    duplicate names. Exits with 1 where there are errors; warnings are no errors.
    """
    own = user_folder()
    faults = faults_of([shipped_folder(), own] if own.is_dir() else [shipped_folder()])
    for fault in faults:
        if warnings or fault.severity == "error":
            click.echo(json.dumps(asdict(fault), ensure_ascii=False) if as_json else str(fault))
    errors = sum(fault.severity == "error" for fault in faults)
    click.echo(f"{errors} errors, {len(faults) - errors} warnings", err=True)
    if errors:
        raise SystemExit(1)


@command.command(name="import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="The register to write to.")
@click.option(
    "--checked",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that the file speaks for; without it, the day it was written.",
)
def import_(files: tuple[Path, ...], folder: Path | None, checked: Any) -> None:
    """Take the office-holders of FILE into your own register.

    FILE is a Wikidata JSON dump or an extract of one (plain, .gz or .bz2), or an OpenSanctions FollowTheMoney file
    (JSON Lines). Persons without a public office are left out. Importing a file again changes nothing.
    """
    from vakanuvis.resolution.register.imports import import_file

    target = folder or user_folder()
    for path in files:
        day: date | None = checked.date() if checked else None
        counts = import_file(path, target, day, progress=lambda text: click.echo(f"\r{text}", nl=False, err=True))
        click.echo("", err=True)
        for table, (new, changed) in counts.added.items():
            click.echo(f"{path}: {table}: {new} new, {changed} changed")
        click.echo(
            f"{path}: {counts.read} entries read, {counts.without_office} persons without a public office left out, "
            f"{counts.damaged} damaged lines skipped"
        )
