"""`vakanuvis check`: what does not add up in reports."""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.text import Text

from vakanuvis.cli._inputs import Inputs, input_options
from vakanuvis.cli._terminal import console, printable
from vakanuvis.records import Coding, Finding

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold"}


@click.command("check")
@input_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding.")
def command(inputs: Inputs, as_json: bool) -> int:
    """Check what reports say of who held which office when, where and when.

    SOURCES are files (plain text, saved HTML pages, JSON, JSON Lines), folders, or - for standard input.

    Exit code 0: all was read; 1: something could not be read; 2: nothing could. Findings do not change it.

    \b
    Examples:
      vakanuvis check report.txt --published 2025-01-05
      vakanuvis check feed.jsonl --json > findings.jsonl
    """
    from vakanuvis.extraction import Extractor
    from vakanuvis.resolution import code_many

    screen = console()
    reports = found = 0
    for coding in code_many(Extractor.load().read_many(inputs.reports())):
        reports += 1
        found += len(coding.findings)
        for finding in coding.findings:
            if as_json:
                click.echo(json.dumps(asdict(finding), ensure_ascii=False))
            else:
                screen.print(_shown(coding, finding), soft_wrap=not screen.is_terminal)
    if not as_json and reports:
        screen.print(f"{found or 'No'} finding{'s' * (found != 1)} in {reports} report{'s' * (reports != 1)}.")
    return inputs.finish()


def _shown(coding: Coding, finding: Finding) -> Text:
    report = coding.reading.report
    place = f"{report.source or report.id}"
    text = Text(f"{printable(place)}: ", "dim").append(finding.severity, _STYLES[finding.severity])
    text.append(f" {finding.kind}", "dim").append(f"  {printable(finding.claim)}")
    if finding.end:
        words = " ".join(report.text[finding.start : finding.end].split())
        text.append(f"\n  said      “{printable(words)}” ({finding.start}-{finding.end})", "cyan")
    for line in finding.evidence:
        text.append(f"\n  evidence  {printable(line)}")
    for name in finding.candidates:
        text.append(f"\n  candidate {printable(name)}")
    return text
