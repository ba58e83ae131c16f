"""`vakanuvis evaluate`: how far readings can be trusted, by annotated passages."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from vakanuvis.annotation import evaluate, load
from vakanuvis.annotation.evaluation import Calibration, Evaluation, Miss, Row
from vakanuvis.cli._terminal import printable, progress_bar
from vakanuvis.errors import InputError
from vakanuvis.records import Reading

_TITLES = {"all": "All", "language": "By language", "type": "By type", "role": "By role", "status": "By status"}


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@click.option(
    "--predicted",
    metavar="FILE",
    help="Readings to score (JSON Lines or .ann); without it the texts of GOLD are read now.",
)
@click.option("--errors", is_flag=True, help="List every miss with its sentence.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (with --errors, the misses in it).")
def command(gold: tuple[str, ...], predicted: str | None, errors: bool, as_json: bool) -> int:
    """Score readings against annotated passages.

    GOLD are annotation files (.ann) or JSON Lines in the shape of docs/record.md. Prints precision, recall and F1 with
    a 95 % bootstrap confidence interval, for all and by language, type, role and status, and how well the confidences
    are calibrated. docs/evaluating.md says what each measure means.

    \b
    Examples:
      vakanuvis evaluate own.ann --errors
      vakanuvis evaluate gold.jsonl --predicted readings.jsonl --json
    """
    wanted = _gold(gold)
    if predicted:
        found = load(predicted)
    else:
        from vakanuvis.extraction import Extractor

        with progress_bar(len(wanted)) as advance:
            found = []
            for reading in Extractor.load().read_many(reading.report for reading in wanted):
                found.append(reading)
                advance(len(found), len(found))
    try:
        evaluation = evaluate(wanted, found)
    except ValueError as error:
        raise InputError(predicted or gold[0], str(error)) from None
    if as_json:
        click.echo(json.dumps(evaluation.to_dict(misses=errors), ensure_ascii=False))
    else:
        for line in _report(evaluation, errors):
            click.echo(line)
    return 0


def _gold(names: tuple[str, ...]) -> list[Reading]:
    readings: dict[str, Reading] = {}
    for name in names:
        for reading in load(name):
            key = reading.report.id
            if key in readings:
                raise InputError(name, f"the id {key!r} stands in {readings[key].report.source} already")
            readings[key] = reading
    return list(readings.values())


def _report(evaluation: Evaluation, errors: bool) -> Iterator[str]:
    yield f"{evaluation.records} records. F1 (for status, mode and relevance: accuracy) with its 95 % interval."
    if evaluation.missing:
        names = ", ".join(evaluation.missing[:5]) + (", ..." if len(evaluation.missing) > 5 else "")
        yield f"{len(evaluation.missing)} of them were not read and count as found empty: {printable(names)}"
    for group, title in _TITLES.items():
        rows = [row for row in evaluation.rows if row.group == group]
        if rows:
            yield ""
            yield f"{title:24}{'P':>6}{'R':>8}{'F1':>8}{'95 %':>14}{'gold':>9}{'found':>8}"
            yield from map(_line, rows)
    for calibration in evaluation.calibration:
        yield ""
        yield from _calibration(calibration)
    if errors:
        yield ""
        yield f"{len(evaluation.misses)} misses" + (":" if evaluation.misses else ".")
        for miss in evaluation.misses:
            yield from _miss(miss)


def _line(row: Row) -> str:
    name = row.name if row.group in ("type", "role", "status") else f"{row.name} {row.measure}".strip()
    precision, recall = ("" if part is None else f"{part:.3f}" for part in (row.precision, row.recall))
    measured = row.gold or row.found
    value, interval = (f"{row.value:.3f}", f"{row.low:.3f}-{row.high:.3f}") if measured else ("-", "-")
    found = "" if row.found is None else row.found
    return f"  {name:20}{precision:>8}{recall:>8}{value:>8}{interval:>14}{row.gold:>9}{found:>8}"


def _calibration(calibration: Calibration) -> Iterator[str]:
    yield f"Confidence of {calibration.of}s: expected calibration error {calibration.error:.3f}"
    yield f"  {'confidence':14}{'number':>8}{'mean':>8}{'right':>8}"
    for held in calibration.bins:
        yield f"  {f'{held.low:.1f}-{held.high:.1f}':14}{held.count:>8}{held.confidence:>8.2f}{held.right:>8.2f}"


def _miss(miss: Miss) -> Iterator[str]:
    yield f"{printable(miss.record)}: {miss.kind}: {printable(miss.detail)}"
    left, right = "[]" if miss.kind.endswith(("argument", "mention", "mention type")) else "{}"
    sentence = f"{miss.before}{left}{miss.words}{right}{miss.after}"
    yield f"    {' '.join(printable(sentence).split())}"
