"""The inputs of every command that takes reports: options, progress, what could not be read, the exit code.

@click.command("check")
@input_options
@click.option("--json", "as_json", is_flag=True)
def command(inputs: Inputs, as_json: bool) -> int:
    for reading in Extractor.load().read_many(inputs.reports()):
        ...
    return inputs.finish()
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import click

from vakanuvis.cli._terminal import printable, progress_bar
from vakanuvis.errors import InputError
from vakanuvis.intake import Defaults, as_datetime, gather, language
from vakanuvis.records import Report

READ_ALL, READ_SOME, READ_NONE = 0, 1, 2
"""Exit codes: everything was read; something was not; nothing was."""


class Inputs:
    """The reports that a command was given.

    Attributes:
        faults: what could not be read so far, in order.
        count: how many reports were read so far.
    """

    def __init__(self, sources: tuple[str, ...], defaults: Defaults) -> None:
        self._sources, self._defaults = sources, defaults
        self.faults: list[InputError] = []
        self.count = 0
        self._languages: Counter[str] = Counter()

    def reports(self, *, progress: bool | None = None) -> Iterator[Report]:
        """The reports, one by one; what cannot be read is kept for `finish`.

        Args:
            progress: False for no progress bar; else there is one where standard error is a terminal.
        """
        gathering = gather(self._sources, defaults=self._defaults)
        with progress_bar(gathering.total, shown=progress is not False) as advance:
            for item in gathering:
                if isinstance(item, InputError):
                    self.faults.append(item)
                else:
                    self.count += 1
                    self._languages[item.language or ""] += 1
                    yield item
                advance(gathering.done, self.count)

    def finish(self, *, languages: bool = True) -> int:
        """Name on standard error what could not be read, and give the exit code.

        Args:
            languages: name the languages that the model does not know as well; False where each report shows its own.
        """
        foreign = {code: number for code, number in self._languages.most_common() if language.warning(code or None)}
        if languages and foreign:
            named = ", ".join(f"{language.name(code)} ({number})" for code, number in foreign.items())
            click.echo(
                f"vakanuvis: {sum(foreign.values())} read in other languages than "
                f"the model's Turkish, English and Arabic: {named}",
                err=True,
            )
        if not self.faults:
            return READ_ALL
        number = len(self.faults)
        click.echo(f"vakanuvis: {number} input{'s' * (number > 1)} could not be read:", err=True)
        for line in told(self.faults):
            click.echo(f"  {' '.join(printable(line).split())}", err=True)
        return READ_SOME if self.count else READ_NONE


def told(faults: Iterable[InputError]) -> Iterator[str]:
    """What to say of faults: where neighbouring lines of one file have the same, they are named as a run of lines."""
    run: list[InputError] = []
    for fault in faults:
        if run and not _continues(run[-1], fault):
            yield _of(run)
            run = []
        run.append(fault)
    if run:
        yield _of(run)


def _continues(last: InputError, fault: InputError) -> bool:
    same = (last.source, last.reason) == (fault.source, fault.reason)
    return same and last.line is not None and fault.line == last.line + 1


def _of(run: list[InputError]) -> str:
    first = run[0]
    return str(first) if len(run) == 1 else f"{first.source}:{first.line}-{run[-1].line}: {first.reason}"


def input_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument SOURCES and its options; it is called with `inputs`, an `Inputs`."""

    @click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
    @click.option(
        "--published", metavar="DATE", callback=_date, help="Day (or time) of publication of reports that state none."
    )
    @click.option("--title", metavar="TEXT", help="Title of reports that state none.")
    @click.option("--outlet", metavar="NAME", help="Outlet of reports that state none.")
    @click.option(
        "--language",
        metavar="CODE",
        callback=_language,
        help="Language of reports that state none; else it is detected.",
    )
    @functools.wraps(function)
    def wrapped(
        *args: Any,
        sources: tuple[str, ...],
        published: datetime | None,
        title: str | None,
        outlet: str | None,
        language: str | None,
        **options: Any,
    ) -> Any:
        inputs = Inputs(sources, Defaults(published=published, title=title, outlet=outlet, language=language))
        return function(*args, inputs=inputs, **options)

    return wrapped


def _date(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    try:
        return as_datetime(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


def _language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    code = language.normalise(value) if value is not None else None
    if value is not None and code is None:
        raise click.BadParameter(f"{value!r} is no language code; write tr, en, ar ...", context, parameter)
    return code
