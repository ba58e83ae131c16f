"""How fast the chronicle is: matching, adding, asking. All events are made up, with the skew of real news.

    python benchmarks/chronicle.py match --sizes 10000,100000,1000000
    python benchmarks/chronicle.py store --events 1000000 --chronicle bench.duckdb

What is skewed: which polities act (Zipf), who of them, where (Zipf over 3,000 towns), how many reports tell of one
thing (most one or two, a few hundreds), which words are used. All sizes lie in the same ten years, so that
days grow denser with the number of events. A report tells of four things on average.
"""

from __future__ import annotations

import gc
import math
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import click

from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.matching import Features, match
from vakanuvis.records import CodedEvent, Coding, Event, Identity, Mention, Place, Reading, Report, When
from vakanuvis.store import Chronicle

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
        alive: list[tuple[dict[str, Any], int]] = []
        for number in range(reports):
            day = START + timedelta(days=int(DAYS * number / reports))
            wanted = events - made
            if number < reports - 1:
                wanted = min(wanted, max(1, round(self.rng.expovariate(1 / PER_REPORT))))
            alive = [(thing, left) for thing, left in alive if left > 0 and (day - thing["day"]).days <= 2]
            chosen = []
            for _ in range(max(1, wanted)):
                if alive and self.rng.random() < 1 - 1 / TELLINGS:
                    i = self.rng.randrange(len(alive))
                    thing, left = alive[i]
                    alive[i] = (thing, left - 1)
                else:
                    thing = self._thing(day)
                    alive.append((thing, int(min(300, self.rng.paretovariate(0.9) * 2))))
                chosen.append(thing)
            made += len(chosen)
            yield self._report(number, day, chosen)
            if made >= events:
                return

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
                geonames, name, country, latitude, longitude = thing["town"]
                start, end = say(name)
                mentions.append(Mention(f"m{len(mentions) + 1}", "GPE", start, end))
                place = Place(
                    mentions[-1].id, name, geonames, name, latitude, longitude, country, city=name, precision="city"
                )
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
    for size in map(int, sizes.split(",")):
        gc.collect()
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


@cli.command("store")
@click.option("--events", default=100_000, show_default=True)
@click.option(
    "--chronicle", "url", required=True, help="A new DuckDB file, or one of an earlier run; or postgresql://..."
)
@click.option("--repeats", default=40, show_default=True, help="Questions of each kind.")
def store(events: int, url: str, repeats: int) -> None:
    """Build a chronicle of made-up events; then add single reports, and ask with every filter."""
    chronicle = Chronicle(url)
    world = World()
    if not chronicle.exists():
        began, used = time.perf_counter(), time.process_time()
        added = chronicle.add(world.reports(events))
        seconds, busy = time.perf_counter() - began, time.process_time() - used
        click.echo(
            f"add {added.events:,} events in {added.reports:,} reports: {seconds:.0f} s, processor time {busy:.0f} s, "
            f"{busy / added.events * 1e6:.0f} us an event, {memory():.2f} GB at most"
        )
    info = chronicle.info()
    click.echo(f"holds {info['reports']:,} reports, {info['events']:,} events, {info['happenings']:,} happenings")
    if "://" not in url:
        click.echo(f"file: {Path(url).stat().st_size / 1e6:.0f} MB")
    later = islice(World(int(time.time())).reports(4000), 500, 500 + repeats)
    _times("add one report, by itself", [partial(chronicle.add, [coding]) for coding in later])
    with chronicle.writing() as add:
        more = islice(World(int(time.time()) + 1).reports(4000), 500, 500 + repeats)
        _times("add one report, within an add", [partial(add, [coding]) for coding in more])
    for what in ("events", "happenings"):
        _filters(chronicle, what, world, repeats)


def _filters(chronicle: Chronicle, what: str, world: World, repeats: int) -> None:
    rng = random.Random(3)
    ask = getattr(chronicle, what)

    def polity() -> str:
        return str(world._pick(world.polities, world.polity_weights))

    def town() -> str:
        return str(world._pick(world.towns, world.town_weights)[1])

    def month() -> str:
        return f"{rng.randint(2015, 2024)}-{rng.randint(1, 12):02}"

    kinds: dict[str, Callable[[], dict[str, Any]]] = {
        "actor": lambda: {"actor": polity()},
        "recipient": lambda: {"recipient": polity()},
        "either, name": lambda: {"either": f"{polity()} {rng.randint(1, 4)}"},
        "type": lambda: {"type": rng.choice(list(TYPES))},
        "status": lambda: {"status": "negated"},
        "context": lambda: {"context": "diplomatic"},
        "place": lambda: {"place": town()},
        "country": lambda: {"place": polity()},
        "since, until": lambda: {"since": (m := month()), "until": m},
        "outlet": lambda: {"outlet": rng.choice(world.outlets)},
        "language": lambda: {"language": "ar"},
        "text": lambda: {"text": world.words[rng.randint(50, 2000)]},
        "confidence": lambda: {"confidence": 0.5},
        "voices": lambda: {"voices": 5},
        "several": lambda: {"either": polity(), "type": "CONSULT", "since": "2018", "until": "2021", "voices": 2},
    }
    every: list[float] = []
    for name, make in kinds.items():
        every += _times(f"{what} by {name}", [partial(ask, limit=50, **make()) for _ in range(max(5, repeats // 4))])
    every.sort()
    click.echo(f"{what}: 95th percentile of all {every[int(len(every) * 0.95)] * 1e3:.0f} ms")
    # The plain scan: the same question over the documented view, as one would ask it without the chronicle's tables.
    plain = []
    for _ in range(5):
        one = polity()
        began = time.perf_counter()
        if what == "events":
            chronicle.sql(
                f"SELECT * FROM events WHERE array_to_string(actor, ';') LIKE '%{one}%' ORDER BY day LIMIT 50"
            )
        else:
            chronicle.sql(
                f"SELECT * FROM happenings WHERE array_to_string(actor, ';') LIKE '%{one}%' ORDER BY day LIMIT 50"
            )
        plain.append(time.perf_counter() - began)
    click.echo(f"{what} by actor, plain scan of the view: median {statistics.median(plain) * 1e3:.0f} ms")


def _times(name: str, calls: list[Callable[[], Any]]) -> list[float]:
    times, busy = [], []
    for call in calls:
        began, used = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - used)
    times.sort()
    # On a machine that does other work as well, only the time on the processors says something.
    click.echo(
        f"  {name:32} median {statistics.median(times) * 1e3:6.0f} ms   95th percentile "
        f"{times[min(len(times) - 1, int(len(times) * 0.95))] * 1e3:6.0f} ms   processor time, median "
        f"{statistics.median(busy) * 1e3:5.0f} ms"
    )
    return times


if __name__ == "__main__":
    cli()
