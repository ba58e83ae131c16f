"""`vakanuvis code`: reports as coded events in the formats of the field."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import click

from vakanuvis.cli._inputs import Inputs, input_options

_FORMATS = ("plover", "polecat", "icews", "parquet")


@click.command("code")
@input_options
@click.option(
    "--format",
    "kind",
    type=click.Choice(_FORMATS),
    default="plover",
    show_default=True,
    help="plover: PLOVER's exchange format, JSON Lines; polecat, icews: tab-separated tables; parquet.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output."
)
def command(inputs: Inputs, kind: str, output: Path | None) -> int:
    """Code the events of reports: who did what to whom, where, when.

    SOURCES are files (plain text, saved HTML pages, JSON, JSON Lines), folders, or - for standard input.

    Exit code 0: all was read; 1: something could not be read; 2: nothing could.
    """
    if kind == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is binary: give a file with -o FILE.")
    from vakanuvis.exports import writer
    from vakanuvis.extraction import Extractor
    from vakanuvis.resolution import code_many

    extractor = Extractor.load()
    with ExitStack() as stack:
        out = stack.enter_context(writer(kind, open_output(kind, output, stack)))
        for coding in code_many(extractor.read_many(inputs.reports(progress=output is not None or None))):
            out.write(coding)
    return inputs.finish()


def open_output(kind: str, output: Path | None, stack: ExitStack) -> IO[Any]:
    """The stream to write to. A file appears under its name only when it is whole."""
    binary = kind == "parquet"
    if output is None:
        return sys.stdout.buffer if binary else sys.stdout
    part = output.with_name(f".{output.name}.part")
    try:
        file = part.open("wb") if binary else part.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise click.FileError(str(output), error.strerror or str(error)) from error
    stack.push(_Finish(file, part, output))
    return file


class _Finish:
    """Closes a part file and gives it its name; takes it away where something failed."""

    def __init__(self, file: IO[Any], part: Path, output: Path) -> None:
        self.file, self.part, self.output = file, part, output

    def __call__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        self.file.close()
        if kind is None:
            self.part.replace(self.output)
        else:
            self.part.unlink(missing_ok=True)
        return False
