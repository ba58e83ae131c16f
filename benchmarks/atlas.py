"""How fast the atlas answers while many readers click around, and how much more than its bare queries a page costs.

    python benchmarks/chronicle.py store --events 100000 --chronicle small.duckdb
    python benchmarks/atlas.py widen small.duckdb big.duckdb --times 10
    python benchmarks/atlas.py click big.duckdb --readers 20 --seconds 60

`widen` copies all rows so many times over, each time with other numbers, ids and days: a million events in a minute,
where adding them takes hours. Actors and places stay what they are, so that each has more to show. The copy is good for
reading only.

`click` starts `vakanuvis serve` as a process of its own. Each reader asks for a page, looks at it for a while
(exponential in length), and goes on to another, chosen at random; what was asked before comes from memory, as it does
for readers. What a page costs alone when it is asked for the first time (as time and as processor time of the server),
and what its statements cost when run by themselves in a database that stays open, is measured before, on three pages of
each kind. The `first` page is the front page, asked for as soon as the server has told its address.

Other work on the machine shows in the times; its load is printed, and the processor times bear it.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
import duckdb

from vakanuvis.atlas import Settings, create
from vakanuvis.store import Chronicle, engines

# Columns that hold numbers of rows, by table, with the table that they number; ids that must differ.
_NUMBERS: dict[str, dict[str, str]] = {
    "report": {"no": "report", "voice": "report"},
    "band": {"report": "report"},
    "posting": {"report": "report"},
    "coding": {"report": "report"},
    "finding": {"report": "report"},
    "account": {"no": "account", "report": "report", "happening": "account"},
    "pivot_anchor": {"account": "account"},
    "anchor": {"account": "account"},
    "event": {"no": "event", "report": "report", "account": "account", "happening": "account"},
    "event_party": {"event": "event"},
    "happening": {"no": "account"},
    "happening_party": {"happening": "account"},
    "contradiction": {"happening": "account"},
    "ledger": {"happening": "account", "outcome_happening": "account"},
}
_IDS = {"report": ("id", "key"), "account": ("self",), "happening": ("id",)}
_DAYS = ("day", "day_first", "day_last", "due_first", "due_last", "lapses", "announced", "outcome_day")


@click.group()
def main() -> None:
    """Measure the atlas."""


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--times", default=10, show_default=True)
def widen(source: Path, target: Path, times: int) -> None:
    """Make a chronicle so many times as large."""
    shutil.copyfile(source, target)
    with duckdb.connect(str(target)) as database:
        last = {t: _one(database, f"SELECT max(no) FROM {t}") for t in ("report", "account", "event")}
        for table, numbers in _NUMBERS.items():
            columns = [row[0] for row in database.execute(f"DESCRIBE {table}").fetchall()]
            database.execute(f"CREATE TEMP TABLE first AS SELECT * FROM {table}")
            for copy in range(1, times):
                values = [_shifted(table, column, numbers, last, copy) for column in columns]
                database.execute(f"INSERT INTO {table} SELECT {', '.join(values)} FROM first")
            database.execute("DROP TABLE first")
        click.echo(f"{target}: {_one(database, 'SELECT count(*) FROM event'):,} events, "
                   f"{_one(database, 'SELECT count(*) FROM happening'):,} happenings, "
                   f"{_one(database, 'SELECT count(*) FROM report'):,} reports")  # fmt: skip


def _one(database: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = database.execute(sql).fetchone()
    assert row
    return int(row[0])


def _shifted(table: str, column: str, numbers: dict[str, str], last: dict[str, int], copy: int) -> str:
    if column in numbers:
        return f"{column} + {copy * last[numbers[column]]}"
    if column in _IDS.get(table, ()):
        return f"{column} || '-{copy}'"
    if column in _DAYS:
        return f"{column} + {copy}"
    if column == "tellings":
        return f"""regexp_replace(tellings, '"report": "([^"]*)"', '"report": "\\1-{copy}"', 'g')"""
    return column


# ---------------------------------------------------------------- the pages


def pages(chronicle: Chronicle, rng: random.Random) -> dict[str, list[str]]:
    """Addresses by kind of page."""
    total = chronicle.info()["happenings"]
    happenings = [chronicle.happenings(order="-voices", limit=1, offset=rng.randrange(total // 20))["id"][0].as_py()
                  for _ in range(30)]  # fmt: skip
    reports = [t["report"] for id in happenings for t in chronicle.happening(id)["tellings"][:2]]
    actors = chronicle.actors(limit=60).to_pylist()
    polities = chronicle.count("actor_polity", limit=12)["actor_polity"].to_pylist()
    pairs = [(a, b) for a in polities for b in polities if a < b]
    keys = [row["entity"] or row["name"] for row in actors]
    return {
        "today": ["/"],
        "about": ["/about"],
        "happening": [f"/happenings/{quote(id)}" for id in happenings],
        "report": [f"/reports/{quote(id)}" for id in reports],
        "actor": [f"/actors/{quote(key, safe='')}" for key in keys],
        "actors": ["/actors", *(f"/actors?since={y}" for y in range(2019, 2025))],
        "dyads": ["/dyads"],
        "dyad": [f"/dyads/{a}/{b}" for a, b in rng.sample(pairs, min(40, len(pairs)))],
        "happenings": [f"/happenings?either={p}&since={y}" for p in polities for y in (2016, 2019, 2022)],
        "reports": [f"/reports?since={y}" for y in range(2015, 2025)],
        "search": [f"/search?q={quote(key)}" for key in keys[:20]],
        "map": ["/map", *(f"/map?since={y}&until={y}" for y in range(2015, 2025))],
        "network": ["/network", *(f"/network?since={y}" for y in range(2016, 2025))],
        "expectations": ["/expectations", *(f"/expectations?actor={p}" for p in polities)],
        "record": ["/expectations/record", *(f"/expectations/record?actor={p}" for p in polities)],
        "contradictions": ["/contradictions", *(f"/contradictions?either={p}" for p in polities)],
        "chart": [f"/api/v1/charts/dyad?a={a}&b={b}&format=json" for a, b in pairs[:30]],
    }  # fmt: skip


_HEADERS = {"Accept": "text/html,application/json", "Accept-Language": "tr", "Accept-Encoding": "gzip"}


def bare(chronicle: Chronicle, address: str) -> tuple[float, int]:
    """Seconds that the statements behind a page take by themselves, and how many they are."""
    from starlette.testclient import TestClient

    said: list[tuple[str, list[Any]]] = []

    class Listening(engines._DuckSession):
        def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[engines.Row]:
            said.append((sql, list(parameters)))
            return super().rows(sql, parameters)

        def table(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
            said.append((sql, list(parameters)))
            return super().table(sql, parameters)

    kept, engines._DuckSession = engines._DuckSession, Listening  # type: ignore[misc]
    try:
        client = TestClient(create(chronicle, Settings(hosts=())))
        status = client.get(address, headers=_HEADERS).status_code
        assert status == 200, (address, status)
    finally:
        engines._DuckSession = kept  # type: ignore[misc]
    with chronicle._engine.read() as session:
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            for sql, parameters in said:
                session.rows(sql, parameters)
            taken.append(time.perf_counter() - began)
    return statistics.median(taken), len(said)


def ask(port: int, address: str, connection: http.client.HTTPConnection | None = None) -> tuple[float, int, int]:
    """Seconds until a page has come, its status and its bytes."""
    used = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    try:
        used.request("GET", address, headers=_HEADERS)
        answer = used.getresponse()
        body = answer.read()
    except (http.client.HTTPException, ConnectionError):
        if connection is None:
            raise
        used.close()
        return ask(port, address)
    return time.perf_counter() - began, answer.status, len(body)


@main.command(name="click")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--readers", default=20, show_default=True)
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--think", default=3.0, show_default=True, help="Mean seconds that a reader looks at a page.")
@click.option("--seed", default=1, show_default=True)
def click_around(file: Path, readers: int, seconds: float, think: float, seed: int) -> None:
    """Have readers click around."""
    rng = random.Random(seed)
    chronicle = Chronicle(file).keep_open()
    kinds = pages(chronicle, rng)
    alone = {kind: [bare(chronicle, address) for address in some[-3:]] for kind, some in kinds.items()}
    chronicle.close()
    process = subprocess.Popen(
        [sys.executable, "-c", "from vakanuvis.cli import main; main()", "serve", str(file), "--port", "0"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout
        text = ""
        while "Ctrl-C" not in text:
            text += process.stdout.readline()
        found = re.search(r"127\.0\.0\.1:(\d+)", text)
        assert found
        port = int(found[1])
        kinds = {"first": ["/"], **kinds}
        alone["first"] = alone["today"]
        single = {kind: _alone(port, process.pid, some[-3:]) for kind, some in kinds.items()}
        del kinds["first"]
        taken = _readers(port, kinds, readers, seconds, think, seed)
    finally:
        process.terminate()
        process.wait()
    _print(alone, single, taken, readers, think)


def _alone(port: int, process: int, addresses: list[str]) -> tuple[float, float]:
    """Seconds and processor seconds of a server that it takes to answer, medians of some pages."""
    times = []
    for address in addresses:
        before = _processor(process)
        took = ask(port, address)[0]
        times.append((took, _processor(process) - before))
    return statistics.median(t for t, _ in times), statistics.median(p for _, p in times)


def _processor(process: int) -> float:
    """Seconds that a process has had a processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


Taken = list[tuple[str, float, int, int]]


def _readers(port: int, kinds: dict[str, list[str]], readers: int, seconds: float, think: float, seed: int) -> Taken:
    taken: Taken = []
    end = time.monotonic() + seconds

    def read(number: int) -> None:
        rng = random.Random(seed * 1000 + number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        time.sleep(rng.random() * think)
        while time.monotonic() < end:
            kind = rng.choice(list(kinds))
            taken.append((kind, *ask(port, rng.choice(kinds[kind]), connection)))
            time.sleep(rng.expovariate(1 / think))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _print(
    alone: dict[str, list[tuple[float, int]]],
    single: dict[str, tuple[float, float]],
    taken: Taken,
    readers: int,
    think: float,
) -> None:
    def share(times: Sequence[float], part: float) -> float:
        return sorted(times)[min(len(times) - 1, int(len(times) * part))] if times else float("nan")

    def in_ms(seconds: float) -> str:
        return "       –" if seconds != seconds else f"{seconds * 1000:8.0f}"

    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    click.echo(f"{readers} readers, {think:g} s a page on average; {cores} cores, load {load}; milliseconds")
    click.echo("page             bare queries    alone processor  ratio |  asked   median     95 %   errors   kB sent")
    for kind, (took, processor) in single.items():
        times = [seconds for name, seconds, _, _ in taken if name == kind]
        errors = sum(status != 200 for name, _, status, _ in taken if name == kind)
        size = max((size for name, _, _, size in taken if name == kind), default=0) / 1000
        bare_s, number = statistics.median(s for s, _ in alone[kind]), alone[kind][-1][1]
        ratio = f"{took / bare_s:7.1f}" if bare_s else "      –"
        click.echo(f"{kind:15}{in_ms(bare_s)} ({number:2}){in_ms(took)}{in_ms(processor)}{ratio} |{len(times):7}"
                   f"{in_ms(share(times, 0.5))}{in_ms(share(times, 0.95))}{errors:9}{size:10.0f}")  # fmt: skip
    every = [seconds for _, seconds, _, _ in taken]
    late = sum(seconds > 0.2 for seconds in every)
    click.echo(f"all: {len(every)} pages, median {share(every, 0.5) * 1000:.0f} ms, 95th percentile "
               f"{share(every, 0.95) * 1000:.0f} ms; {late} took longer than 200 ms")  # fmt: skip


if __name__ == "__main__":
    main()
