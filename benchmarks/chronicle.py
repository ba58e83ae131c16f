"""How fast the chronicle is: matching, adding, asking. All events are made up, with the skew of real news.

    python benchmarks/chronicle.py match --sizes 10000,100000,1000000
    python benchmarks/chronicle.py store --events 1000000 --chronicle bench.duckdb
    python benchmarks/chronicle.py copies --sizes 400,800,1600

What is skewed: which polities act (Zipf), who of them, where (Zipf over 3,000 towns), how many reports tell of one
thing (many one or two, a few very many), which words are used. All sizes lie in the same ten years, so that days grow
denser with the number of events. A report tells of four things on average.
"""

from __future__ import annotations

import gc
import math
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate, count, islice
from pathlib import Path
from typing import Any

import click

from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.matching import Features, match
from vakanuvis.records import CodedEvent, Coding, Event, Identity, Mention, Place, Reading, Report, When
from vakanuvis.store import Chronicle
from vakanuvis.store.engines import Session

START, DAYS, PER_REPORT, TELLINGS = date(2015, 1, 1), 3650, 4, 4.0
TYPES = {
    "CONSULT": 22, "ACCUSE": 13, "REQUEST": 9, "COERCE": 12, "ASSAULT": 13, "SUPPORT": 7, "AGREE": 6, "REJECT": 4,
    "THREATEN": 3, "AID": 3, "PROTEST": 3, "SANCTION": 2, "RETREAT": 1.5, "MOBILIZE": 1, "CONCEDE": 0.8,
    "COOPERATE": 0.7,
}  # fmt: skip


def _zipf(number: int, power: float) -> list[float]:
    return list(accumulate(1 / (rank + 1) ** power for rank in range(number)))


class World:
    """Made-up polities, people, towns and words, and an endless run of reports about what they do."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        self.polities = [a + b + c for a in letters[:6] for b in letters[:6] for c in letters[:5]]
        self.polity_weights = _zipf(len(self.polities), 1.05)
        self.towns = [
            (
                100000 + i,
                f"Town{i}",
                self.polities[i % len(self.polities)],
                f"Region{i % len(self.polities)}.{i // len(self.polities) % 4}",
                (i * 37) % 6000 / 100,
                (i * 53) % 18000 / 100,
            )
            for i in range(3000)
        ]
        self.town_weights = _zipf(len(self.towns), 0.9)
        syllables = [a + b for a in "bdgklmnprstyz" for b in "aeiou"]
        self.words = ["".join(self.rng.choices(syllables, k=self.rng.randint(2, 4))) for _ in range(8000)]
        self.word_weights = _zipf(len(self.words), 1.0)
        self.verbs = {kind: self.rng.choices(self.words, k=6) for kind in TYPES}
        self.outlets = [f"Outlet {i}" for i in range(60)]

    def reports(self, events: int) -> Iterator[Coding]:
        """Coded reports with that many events in all, in order of publication."""
        reports = events // PER_REPORT
        made = 0
        alive: list[dict[str, Any]] = []
        for number in range(reports):
            day = START + timedelta(days=int(DAYS * number / reports))
            wanted = events - made
            if number < reports - 1:
                wanted = min(wanted, max(1, round(self.rng.expovariate(1 / PER_REPORT))))
            alive = [thing for thing in alive if thing["left"] > 0 and (day - thing["day"]).days <= 2]
            chosen: list[dict[str, Any]] = []
            for _ in range(max(1, wanted)):
                weights = [0 if thing in chosen else thing["left"] for thing in alive]
                if any(weights) and self.rng.random() < 1 - 1 / TELLINGS:
                    (thing,) = self.rng.choices(alive, weights)
                    thing["left"] -= 1
                else:
                    thing = self._thing(day)
                    alive.append(thing)
                chosen.append(thing)
            made += len(chosen)
            yield self._report(number, day, chosen)
            if made >= events:
                return

    def latest(self, reports: int) -> Iterator[Coding]:
        """Coded reports of the last days of a chronicle with that many reports, without end."""
        day = START + timedelta(days=DAYS - 1)
        alive: list[dict[str, Any]] = []
        for number in count(reports):
            if number % max(1, reports // DAYS) == 0:
                alive = []
            things = []
            for _ in range(max(1, round(self.rng.expovariate(1 / PER_REPORT)))):
                if alive and self.rng.random() < 1 - 1 / TELLINGS:
                    things.append(self.rng.choice(alive))
                else:
                    things.append(self._thing(day))
                    alive.append(things[-1])
            yield self._report(number, day, things)

    def _pick(self, items: list[Any], weights: list[float]) -> Any:
        return self.rng.choices(items, cum_weights=weights)[0]

    def _identity(self) -> Identity:
        polity = self._pick(self.polities, self.polity_weights)
        if self.rng.random() < 0.45:
            return Identity("GPE", polity, polity, polity, None, polity, ("GOV",), 0.9)
        who = int(self.rng.paretovariate(1.1))
        sector = self.rng.choice(("GOV", "GOV", "MIL", "COP", "PTY", "REB"))
        if self.rng.random() < 0.2:
            return Identity("GRP", f"{polity} {sector} people", None, None, None, polity, (sector,), 0.6)
        return Identity("PER", f"{polity} {who}", f"{polity}.{who}", f"{polity} {who}", None, polity, (sector,), 0.9)

    def _thing(self, day: date) -> dict[str, Any]:
        kind = self.rng.choices(list(TYPES), list(TYPES.values()))[0]
        town = self._pick(self.towns, self.town_weights) if self.rng.random() < 0.55 else None
        topic = self.rng.choices(self.words, cum_weights=self.word_weights, k=8)
        status = self.rng.choices(("actual", "historical", "negated", "future", "hypothetical"), (80, 6, 2, 8, 4))[0]
        dead = self.rng.randint(1, 60) if kind == "ASSAULT" and self.rng.random() < 0.5 else None
        return {
            "kind": kind, "actor": self._identity(), "recipient": self._identity() if self.rng.random() < 0.8 else None,
            "town": town, "day": day, "topic": topic, "status": status, "dead": dead,
            "left": int(min(300, self.rng.paretovariate(0.9) * 2)),  # tellings that are wanted of it
        }  # fmt: skip

    def _report(self, number: int, day: date, things: list[dict[str, Any]]) -> Coding:
        rng = self.rng
        published = datetime(day.year, day.month, day.day, rng.randint(5, 22)) + timedelta(days=rng.choice((0, 0, 1)))
        parts: list[str] = []
        length = 0
        mentions: list[Mention] = []
        plain, coded = [], []

        def say(words: str) -> tuple[int, int]:
            nonlocal length
            start = length
            parts.append(words)
            length += len(words) + 1
            return start, start + len(words)

        for i, thing in enumerate(things, 1):
            roles: dict[str, tuple[Identity, ...]] = {"actor": (), "recipient": ()}
            for role in roles:
                identity = thing[role]
                if identity is not None and rng.random() < 0.9:
                    start, end = say(identity.text)
                    key = f"m{len(mentions) + 1}"
                    mentions.append(Mention(key, identity.mention, start, end))
                    roles[role] = (Identity(
                        key, identity.text, identity.entity, identity.name, None, identity.polity, identity.sectors, 0.9
                    ),)  # fmt: skip
            span = say(rng.choice(self.verbs[thing["kind"]]))
            place = None
            if thing["town"] and rng.random() < 0.8:
                geonames, name, country, region, latitude, longitude = thing["town"]
                start, end = say(name)
                mentions.append(Mention(f"m{len(mentions) + 1}", "GPE", start, end))
                place = Place(
                    mentions[-1].id, name, geonames, name, latitude, longitude, country, region,
                    city=name, precision="city",
                )  # fmt: skip
            say(
                " ".join(rng.sample(thing["topic"], 5) + rng.choices(self.words, cum_weights=self.word_weights, k=8))
                + "."
            )
            stated = rng.random() < 0.5
            when = thing["day"] if stated else published.date()
            days = When("", "", when, when, "day", "expression" if stated else "publication")
            shared = (f"e{i}", thing["kind"], *span, thing["status"], None, ("diplomatic",))
            plain.append(Event(*shared, dead=thing["dead"]))
            coded.append(
                CodedEvent(*shared, roles["actor"], roles["recipient"], (), place, days, thing["dead"], None, 0.9)
            )
        report = Report(
            f"b{number}", " ".join(parts), parts[0], published, f"https://b{number}.example/", rng.choice(self.outlets),
            rng.choice(("tr", "tr", "en", "ar")),
        )  # fmt: skip
        return Coding(Reading(report, tuple(mentions), tuple(plain)), tuple(coded))


def memory() -> float:
    """The most memory that this process has used, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


@click.group()
def cli() -> None:
    """Measure the chronicle."""


@cli.command("match")
@click.option("--sizes", default="10000,30000,100000", show_default=True, help="Numbers of events, comma-separated.")
def matching(sizes: str) -> None:
    """Match made-up events in memory, from coded events to happenings, and fit how the time grows."""
    found = []
    gc.disable()  # nothing here refers to itself, and looking for that again and again would be measured too
    for size in map(int, sizes.split(",")):
        seconds, told, features = 0.0, 0, []
        for i, coding in enumerate(World().reports(size)):
            began = time.process_time()
            features += [Features.of(account) for account in accounts(coding, f"k{i}")]
            seconds += time.process_time() - began
            told += len(coding.events)
        began = time.process_time()
        pivots = match(features)
        seconds += time.process_time() - began
        found.append((told, seconds))
        click.echo(
            f"{told:9,} events: {seconds:7.1f} s, {seconds / told * 1e6:5.0f} us an event, "
            f"{len(set(pivots)):,} happenings, {memory():.2f} GB at most"
        )
        del features, pivots
    if len(found) > 1:
        xs, ys = [math.log(n) for n, _ in found], [math.log(s) for _, s in found]
        fit = statistics.linear_regression(xs, ys)
        bound = statistics.linear_regression(xs, [math.log(n * math.log(n)) for n, _ in found])
        click.echo(f"fitted exponent {fit.slope:.3f} (n log n over the same sizes: {bound.slope:.3f})")


@cli.command("copies")
@click.option("--sizes", default="400,800,1600", show_default=True, help="Numbers of copies, comma-separated.")
def copies(sizes: str) -> None:
    """Add near-identical copies of one report, each of another outlet or with another last word, in one go."""
    (first,) = islice(World().latest(4000), 1)
    report = first.reading.report
    for size in map(int, sizes.split(",")):
        made = (
            replace(report, id=f"copy{i}", outlet=f"Outlet {i % 200}", text=f"{report.text} copy{i}")
            for i in range(size)
        )  # fmt: skip
        with tempfile.TemporaryDirectory() as folder, Chronicle(Path(folder) / "copies.duckdb") as chronicle:
            began = time.process_time()
            chronicle.add(replace(first, reading=replace(first.reading, report=one)) for one in made)
            seconds = time.process_time() - began
            (most,) = chronicle.happenings(order="-reports", limit=1)["reports"].to_pylist()
        click.echo(
            f"{size:6,} copies: {seconds:6.1f} s processor time, {seconds / size * 1e3:.1f} ms each; {most} as one"
        )


@cli.command("store")
@click.option("--events", default=100_000, show_default=True)
@click.option(
    "--chronicle", "url", required=True, help="A new DuckDB file, or one of an earlier run; or postgresql://..."
)
@click.option("--repeats", default=40, show_default=True, help="Questions of each kind, and reports that are added.")
@click.option("--batch", default=4000, show_default=True, help="Reports in one transaction while it is built.")
def store(events: int, url: str, repeats: int, batch: int) -> None:
    """Build a chronicle of made-up events; then add single reports, and ask with every filter."""
    chronicle = Chronicle(url)
    world = World()
    if not chronicle.exists():
        began, used = time.perf_counter(), time.process_time()
        told, coded = 0, world.reports(events)
        with chronicle.writing() as add:
            while codings := list(islice(coded, batch)):
                told += add(codings).events
                click.echo(f"{told:9,} events after {time.process_time() - used:5.0f} s processor time", err=True)
        seconds, busy = time.perf_counter() - began, time.process_time() - used
        click.echo(
            f"built: {told:,} events in {seconds:.0f} s, processor time {busy:.0f} s, {busy / told * 1e6:.0f} us an "
            f"event, {memory():.2f} GB at most"
        )
    info = chronicle.info()
    click.echo(f"holds {info['reports']:,} reports, {info['events']:,} events, {info['happenings']:,} happenings")
    if "://" not in url:
        click.echo(f"file: {Path(url).stat().st_size / 1e6:.0f} MB")
    # New reports are of the last days that the chronicle holds, as news are.
    density = max(4000, info["reports"])
    later = list(islice(World(int(time.time())).latest(density), 2 * repeats))
    counted = _Counted(chronicle)
    _times("add one report, by itself", [partial(chronicle.add, [coding]) for coding in later[:repeats]])
    counted.show(repeats)
    with chronicle.writing() as add:
        _times("add one report, within an add", [partial(add, [coding]) for coding in later[repeats:]])
    counted.show(repeats)
    for what in ("events", "happenings"):
        _filters(chronicle, what, world, max(5, repeats // 4))
    _pages(chronicle, world, max(5, repeats // 4))


class _Counted:
    """Counts the statements of a chronicle's writing sessions, and the rows that they give and take."""

    def __init__(self, chronicle: Chronicle) -> None:
        engine: Any = chronicle._engine
        self._write: Callable[[], AbstractContextManager[Session]] = engine.write
        engine.write = self._counting
        self.statements = self.read = self.written = 0

    @contextmanager
    def _counting(self) -> Iterator[Any]:
        with self._write() as session:
            self._session = session
            yield self

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        found = self._session.rows(sql, parameters)
        self.statements += 1
        self.read += len(found)
        return list(found)

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Any]) -> None:
        self._session.insert(table, columns, rows)
        self.statements += bool(rows)
        self.written += len(rows)

    def run(self, script: str) -> None:
        self._session.run(script)
        self.statements += 1

    def show(self, times: int) -> None:
        """Print the means since the last time."""
        click.echo(
            f"    each: {self.statements / times:.0f} statements, {self.read / times:.0f} rows read, "
            f"{self.written / times:.0f} written"
        )
        self.statements = self.read = self.written = 0


def _filters(chronicle: Chronicle, what: str, world: World, repeats: int) -> None:
    """Ask with each filter by itself and with several, and the same of the documented views by a plain scan."""
    rng = random.Random(3)
    ask = getattr(chronicle, what)

    def polity() -> str:
        return str(world._pick(world.polities, world.polity_weights))

    def town() -> str:
        return str(world._pick(world.towns, world.town_weights)[1])

    def in_list(column: str, value: str) -> str:
        return f"array_to_string({column}, ';') LIKE '%{value}%'"

    def either(name: str) -> str:
        return f"({in_list('actor', name)} OR {in_list('recipient', name)})"

    def days(first: str, last: str) -> str:
        return f"last_day >= DATE '{first}' AND day <= DATE '{last}'"

    Asked = tuple[dict[str, Any], str]  # the filters, and the same as a condition on the view

    def named() -> Asked:
        name = f"{polity()} {rng.randint(1, 4)}"
        return {"either": name}, either(name)

    def month() -> Asked:
        year, number = rng.randint(2015, 2024), rng.randint(1, 12)
        text = f"{year}-{number:02}"
        return {"since": text, "until": text}, days(f"{text}-01", f"{text}-28")

    def several() -> Asked:
        one = polity()
        chosen = {"either": one, "type": "CONSULT", "since": "2018", "until": "2021", "confidence": 0.8}
        return chosen, f"{either(one)} AND type = 'CONSULT' AND confidence >= 0.8 AND " + days(
            "2018-01-01", "2021-12-31"
        )

    def text() -> Asked:
        word = world.words[rng.randint(50, 2000)]
        told = f"SELECT id FROM reports WHERE text ILIKE '%{word}%'"
        if what == "events":
            return {"text": word}, f"report IN ({told})"
        return {"text": word}, f"id IN (SELECT happening FROM events WHERE report IN ({told}))"

    def of(name: str, choose: Callable[[], Any], sql: Callable[[str], str]) -> Callable[[], Asked]:
        def make() -> Asked:
            value = choose()
            return {name: value}, sql(value)

        return make

    outlet, language = ("outlet", "language") if what == "events" else ("outlets", "languages")
    kinds: dict[str, Callable[[], Asked]] = {
        "nothing": lambda: ({}, "TRUE"),
        "actor": of("actor", polity, lambda v: in_list("actor", v)),
        "recipient": of("recipient", polity, lambda v: in_list("recipient", v)),
        "either, name": named,
        "type": of("type", lambda: rng.choice(list(TYPES)), lambda v: f"type = '{v}'"),
        "status": of("status", lambda: "negated", lambda v: f"status = '{v}'"),
        "context": of("context", lambda: "diplomatic", lambda v: in_list("context", v)),
        "place": of("place", town, lambda v: f"place = '{v}'"),
        "country": of("place", polity, lambda v: f"country = '{v}'"),
        "since, until": month,
        "outlet": of("outlet", lambda: rng.choice(world.outlets), lambda v: in_list(outlet, v) if what == "happenings"
                     else f"{outlet} = '{v}'"),
        "language": of("language", lambda: "ar", lambda v: in_list(language, v) if what == "happenings"
                       else f"{language} = '{v}'"),
        "text": text,
        "confidence": of("confidence", lambda: 0.5, lambda v: f"confidence >= {v}"),
        "voices": of("voices", lambda: 5, lambda v: f"voices >= {v}" if what == "happenings"
                     else f"happening IN (SELECT id FROM happenings WHERE voices >= {v})"),
        "several": several,
    }  # fmt: skip
    every: list[float] = []
    busy: list[float] = []
    for name, make in kinds.items():
        asked = [make() for _ in range(repeats)]
        times, used = _times(f"{what} by {name}", [partial(ask, limit=50, **chosen) for chosen, _ in asked])
        plain: list[Callable[[], Any]] = [
            partial(chronicle.sql, f"SELECT * FROM {what} WHERE {condition} ORDER BY day LIMIT 50")
            for _, condition in asked[:3]
        ]
        _, scanning = _times("    plain scan", plain)
        click.echo(f"    plain scan : question = {statistics.median(scanning) / statistics.median(used):.1f} : 1")
        every, busy = every + times, busy + used
    for kind, values in (("wall", every), ("processor", busy)):
        values.sort()
        click.echo(f"{what}: 95th percentile of all {values[int(len(values) * 0.95)] * 1e3:.0f} ms {kind} time")


def _pages(chronicle: Chronicle, world: World, repeats: int) -> None:
    """What the pages of the atlas ask beside lists."""
    polities = [str(world._pick(world.polities, world.polity_weights)) for _ in range(repeats)]
    largest = chronicle.happenings(limit=repeats, order="-voices")["id"].to_pylist()
    told = chronicle.reports(limit=repeats, order="-day")["id"].to_pylist()
    asked: dict[str, list[Callable[[], Any]]] = {
        "reports by text": [partial(chronicle.reports, limit=50, text=w) for w in world.words[50 : 50 + repeats]],
        "actors": [partial(chronicle.actors, limit=50)] * repeats,
        "actors with a polity": [partial(chronicle.actors, limit=50, either=one) for one in polities],
        "places": [partial(chronicle.places, limit=500)] * repeats,
        "count by month and quad": [partial(chronicle.count, ["month", "quad"], either=one) for one in polities],
        "count by both polities": [partial(chronicle.count, ["actor_polity", "recipient_polity"], limit=150)] * repeats,
        "contradictions": [partial(chronicle.contradictions, limit=50, either=one) for one in polities],
        "expectations": [partial(chronicle.expectations, limit=50, either=one) for one in polities],
        "track record of outlets": [chronicle.track_record] * repeats,
        "dyad": [partial(chronicle.dyad, polities[0], one) for one in polities],
        "the happenings told most": [partial(chronicle.happening, id_) for id_ in largest],
        "reactions to them": [partial(chronicle.reactions, id_) for id_ in largest],
        "one report": [partial(chronicle.report, id_) for id_ in told],
    }
    for name, calls in asked.items():
        _times(name, calls)


def _times(name: str, calls: list[Callable[[], Any]]) -> tuple[list[float], list[float]]:
    """Make calls and print how long they took; gives their times by the clock and on the processors, sorted."""
    times, busy = [], []
    for call in calls:
        began, used = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - used)
    times.sort()
    busy.sort()

    def said(values: list[float]) -> str:
        late = values[min(len(values) - 1, int(len(values) * 0.95))]
        return f"median {statistics.median(values) * 1e3:5.0f} ms, 95th percentile {late * 1e3:5.0f} ms"

    # On a machine that does other work as well, only the time on the processors says something.
    click.echo(f"  {name:32} {said(times)};   processor time {said(busy)}")
    return times, busy


if __name__ == "__main__":
    cli()
