"""The chronicle as Python sees it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa

from vakanuvis.errors import ChronicleError, InputError
from vakanuvis.records import Coding, Report
from vakanuvis.store import schema
from vakanuvis.store.codec import unpack
from vakanuvis.store.counting import Counting
from vakanuvis.store.engines import WAIT, Session, engine
from vakanuvis.store.following import Following
from vakanuvis.store.listing import Listing
from vakanuvis.store.pipeline import Coder, Source, gathered
from vakanuvis.store.rows import storable
from vakanuvis.store.single import Single
from vakanuvis.store.writing import Added, Versions, Writer, report_key
from vakanuvis.store.writing import known as already

BATCH = 256  # reports in one transaction at most, where they are coded or matched anew
MOST, LEAST = 1024, 64  # reports in one transaction at most, where they are added; and at least, if they come quickly
CHUNK = 32  # reports of which is asked at once whether they are known
TURN = 1.0  # seconds that a transaction should not outlast
PATIENCE = 1.0  # seconds after which a transaction is closed though more reports could be taken in


class Chronicle(Listing, Single, Following, Counting):
    """A chronicle in a DuckDB file or a PostgreSQL database.

    All questions take the filters of `Filters` as keyword arguments and give Arrow tables. Where they take them,
    `limit` and `offset` cut a page out of the rows, and `order` names the column to sort by, `-` before it for the
    largest first; rows that are equal in it come in a fixed order. Nothing is open between two calls, so that other
    processes can read and write.

    Args:
        url: a file's path, or `postgresql://user@host/database`.
        wait: seconds to wait for another writer.
    """

    def __init__(self, url: str | Path, *, wait: float = WAIT) -> None:
        self._engine = engine(url)
        self._wait = wait
        self._checked = False  # that it is a chronicle, of today's schema
        self._matched = False  # that it is known to be matched by today's matching

    @property
    def name(self) -> str:
        """The path or address, without a password."""
        return self._engine.name

    def __repr__(self) -> str:
        return f"<Chronicle {self.name}>"

    def __enter__(self) -> Chronicle:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def keep_open(self) -> Chronicle:
        """Stay open between two calls until `close`, for a server that asks often; others can write nevertheless."""
        self._engine.keep_open()
        return self

    def close(self) -> None:
        """Let go of connections. The chronicle can be used again afterwards."""
        self._engine.close()

    def revision(self) -> str:
        """What names the chronicle's state: another one after every change. Costs next to nothing."""
        return self._engine.revision()

    def exists(self) -> bool:
        """Whether there is something at this place already."""
        return self._engine.exists()

    # ------------------------------------------------------------ writing

    def add(self, items: Iterable[Source] | str | Path, *, versions: Versions | None = None) -> Added:
        """Add reports; those that the chronicle holds already change nothing, and are not read again.

        Each transaction takes in whole reports only. Cut off at any moment, the chronicle holds the reports of the
        transactions that ended, and adding the same reports again completes it.

        Args:
            items: `Coding` records; `Report` records, files or folders, which are read and coded first. Taken one by
                one, so that they may still be being made.
            versions: of the model and of the register, where codings were made by others than today's.

        Raises:
            ChronicleBusy: another process is writing, for longer than the chronicle waits.
            ChronicleError: the place cannot be written.
        """
        faults: list[InputError] = []
        coder, known = Coder(), 0

        def fresh(reports: Iterable[Report]) -> Iterator[Report]:
            nonlocal known
            stream = iter(reports)
            while chunk := list(islice(stream, CHUNK)):
                keys = [report_key(report) for report in chunk]
                held: set[str] = set()
                if self._engine.exists():
                    with self._reading() as session:
                        held = already(session, keys)
                known += sum(key in held for key in keys)
                yield from (report for report, key in zip(chunk, keys, strict=True) if key not in held)

        def coded() -> Iterator[tuple[Coding, Versions]]:
            for raw, group in groupby(gathered(items, faults), key=lambda item: isinstance(item, Report)):
                if raw:
                    for coding in coder(fresh(item for item in group if isinstance(item, Report))):
                        yield coding, coder.versions
                else:
                    yield from ((item, versions or ("", "")) for item in group if isinstance(item, Coding))

        total, pace = Added(), _Pace()
        with self._writing() as write:
            for batch in _batches(coded(), pace):
                began = time.monotonic()
                total += write(partial(_add, batch))
                pace.took(time.monotonic() - began)
        return total + Added(known=known, faults=tuple(faults))

    @contextmanager
    def writing(self) -> Iterator[Callable[[Sequence[Coding]], Added]]:
        """Be the writer for a while: gives what adds coded reports, each call one transaction.

        For a process that adds reports as they come in; other writers wait until it is done.
        """
        with self._writing() as write:
            yield lambda codings: write(partial(_add, [(_clean(coding), ("", "")) for coding in codings]))

    def recode(
        self,
        code: Callable[[Iterable[Report]], Iterable[Coding]],
        versions: Versions,
        *,
        everything: bool = False,
    ) -> int:
        """Read and code anew the reports that were coded by other versions of model or register.

        Args:
            code: reads and codes reports, in order.
            versions: the versions that `code` stands for.
            everything: all reports, not only the ones coded by other versions.

        Returns:
            The number of reports coded anew.
        """
        done = 0
        with self._writing() as write:
            condition = "" if everything else " WHERE model IS DISTINCT FROM ? OR register IS DISTINCT FROM ?"
            with self._reading() as session:
                old = [no for (no,) in session.rows(
                    f"SELECT no FROM report{condition} ORDER BY no", [] if everything else list(versions)
                )]  # fmt: skip
            for start in range(0, len(old), BATCH):
                numbers = old[start : start + BATCH]
                codings = list(code([coding.reading.report for coding in self._codings(numbers)]))
                done += write(partial(_redo, numbers, [(coding, versions) for coding in codings])).reports
        return done

    def stale(self, versions: Versions) -> int:
        """How many reports were coded by other versions of model or register than these."""
        with self._reading() as session:
            sql = "SELECT count(*) FROM report WHERE model IS DISTINCT FROM ? OR register IS DISTINCT FROM ?"
            return int(session.rows(sql, list(versions))[0][0])

    def rematch(self) -> int:
        """Match all reports anew, as they were coded, where an earlier version of the matching made the happenings.

        Cut off at any moment, call it again: it goes on where it was. Until it is done, questions are answered from
        what is matched so far, and nothing can be added.

        Returns:
            The number of reports matched anew; 0 where the chronicle is up to date.
        """
        done = 0
        with self._writing(matched=False) as write:
            while True:
                with self._reading() as session:
                    after = schema.unmatched_after(schema.noted(session))
                    if after is None:
                        return done
                    rows = [] if after < 0 else session.rows(
                        "SELECT r.no, r.key, r.voice, c.doc, r.text FROM report r JOIN coding c ON c.report = r.no "
                        f"WHERE r.no > ? ORDER BY r.no LIMIT {BATCH}", [after]
                    )  # fmt: skip
                again = [(no, key, voice, unpack(doc, text)) for no, key, voice, doc, text in rows]
                write(partial(_match_again, after, again))
                done += len(again)

    def unmatched(self) -> int:
        """How many reports wait for `rematch`."""
        with self._reading() as session:
            after = schema.unmatched_after(schema.noted(session))
            if after is None:
                return 0
            return int(session.rows("SELECT count(*) FROM report WHERE no > ?", [after])[0][0])

    @contextmanager
    def _writing(self, *, matched: bool = True) -> Iterator[Callable[[Callable[[Session, Writer], Added]], Added]]:
        with self._engine.writer(self._wait):
            there = self._engine.exists()
            if there:
                self._check(writing=True)
                if matched and not self._matched and self.unmatched():
                    raise ChronicleError(
                        f"{self.name}: an earlier version made its happenings; run `vakanuvis recode`, then add again"
                    )
                self._matched = self._matched or matched
            writer = Writer()
            pause = 0.0

            def write(change: Callable[[Session, Writer], Added]) -> Added:
                nonlocal there, writer, pause
                if not there:  # where nothing can be read, nothing is made
                    self._engine.create(schema.script())
                    self._check(writing=True)
                    there = True
                time.sleep(pause)
                began = time.monotonic()
                try:
                    with self._engine.write() as session:
                        result = change(session, writer)
                except BaseException:
                    writer = Writer()  # what this one remembers was not kept
                    raise
                # Readers that waited get their turn before the next transaction.
                pause = min(0.02, (time.monotonic() - began) / 20)
                return result

            yield write
            if writer.much:
                self._engine.tune()

    def _check(self, *, writing: bool = False) -> None:
        """See that this is a chronicle, and bring it up to today's schema.

        Raises:
            NotAChronicle: it is something else.
            ChronicleTooNew: a later version of Vakanüvis wrote it.
        """
        if self._checked:
            return
        with self._engine.read() as session:
            found = schema.version_of(session, self.name)
        if found < schema.version():
            if writing:
                self._migrate()
            else:
                with self._engine.writer(self._wait):
                    self._migrate()
        self._checked = True

    def _migrate(self) -> None:
        with self._engine.write() as session:
            found = schema.version_of(session, self.name)
            if found < schema.version():
                session.run(schema.script(after=found))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        if not self._checked:
            if not self._engine.exists():
                raise ChronicleError(f"{self.name}: there is no chronicle here; `vakanuvis add SOURCES` makes one")
            self._check()
        with self._engine.read() as session:
            yield session

    # ------------------------------------------------------------ asking

    # ------------------------------------------------------------ asking

    def info(self) -> dict[str, Any]:
        """What the chronicle holds: numbers of rows, first and last day, versions of model and register."""
        return {"chronicle": self.name, "schema": schema.version(), **self._held()}

    def sql(self, query: str) -> pa.Table:
        """Run one read-only SQL statement over the views of docs/store.md.

        Raises:
            FilterError: it fails, or is more than one SELECT.
        """
        with self._reading():
            pass  # sees that it is a chronicle, of this version
        return self._engine.query(query)


def _add(codings: Sequence[tuple[Coding, Versions]], session: Session, writer: Writer) -> Added:
    return writer.add(session, codings)


def _redo(
    reports: Sequence[int], codings: Sequence[tuple[Coding, Versions]], session: Session, writer: Writer
) -> Added:
    writer.remove(session, reports)
    return writer.add(session, codings)


def _match_again(
    after: int, reports: Sequence[tuple[int, str, int, Coding]], session: Session, writer: Writer
) -> Added:
    if after < 0:
        writer.clear(session)
        schema.matched_up_to(session, 0)
    elif reports:
        writer.tell_again(session, reports)
        schema.matched_up_to(session, reports[-1][0])
    else:
        schema.matched_up_to(session, None)
    return Added()


class _Pace:
    """How many reports a transaction takes in: fewer where the machine is slow, as readers wait for its end.

    Not fewer than `LEAST`: what every transaction costs would be most of the work then.
    """

    def __init__(self) -> None:
        self.size = BATCH

    def took(self, seconds: float) -> None:
        """Learn how long the last one took."""
        self.size = max(LEAST, self.size // 2) if seconds > TURN else min(MOST, self.size * 2)


def _batches(codings: Iterable[tuple[Coding, Versions]], pace: _Pace) -> Iterator[list[tuple[Coding, Versions]]]:
    """Batches of codings that come quickly; a slow stream is cut so that what is read is soon safe."""
    stream = iter(codings)
    while True:
        began = time.monotonic()
        batch = list(islice(stream, 1))
        while batch and len(batch) < pace.size and time.monotonic() - began < PATIENCE:
            further = list(islice(stream, 1))
            if not further:
                break
            batch += further
        if not batch:
            return
        yield [(_clean(coding), versions) for coding, versions in batch]


def _clean(coding: Coding) -> Coding:
    """The coding as it can be stored."""
    report = coding.reading.report
    text = storable(report.text)
    if text == report.text:
        return coding
    return replace(coding, reading=replace(coding.reading, report=replace(report, text=text)))
