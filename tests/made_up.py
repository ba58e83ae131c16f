"""Made-up accounts and codings with the skew of real news: few parties in most events, few events in most reports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from vakanuvis.records import CodedEvent, Coding, Event, Finding, Identity, Mention, Place, Reading, Report, When

POLITIES = [
    "TUR", "ISR", "PSE", "USA", "RUS", "UKR", "SYR", "EGY", "QAT", "DEU", "FRA", "GBR", "IRN", "IRQ", "GRC", "SAU",
    "CHN", "ITA", "ESP", "LBN", "JOR", "SWE", "FIN", "NLD",
]  # fmt: skip
OFFICES = ("foreign minister", "head of state", "head of government", "defence minister", "head of intelligence")
ACTS = {
    "tr": {"CONSULT": "görüştü", "ASSAULT": "saldırdı", "ACCUSE": "kınadı", "SUPPORT": "destek verdi",
           "AID": "yardım gönderdi", "AGREE": "anlaştı", "REQUEST": "çağrıda bulundu", "COERCE": "gözaltına aldı"},
    "en": {"CONSULT": "met", "ASSAULT": "attacked", "ACCUSE": "condemned", "SUPPORT": "backed",
           "AID": "sent aid to", "AGREE": "agreed with", "REQUEST": "called on", "COERCE": "detained"},
}  # fmt: skip
CITIES = [(1000 + i, f"City{i}", POLITIES[i % len(POLITIES)], (i * 7) % 60, (i * 13) % 60) for i in range(120)]
OUTLETS = [f"Outlet {chr(65 + i)}" for i in range(12)]
FILLER = [
    "according", "to", "officials", "the", "sides", "spoke", "about", "trade", "security", "borders", "energy",
    "people", "region",
]  # fmt: skip


def codings(
    number: int, *, seed: int = 7, start: date = date(2023, 1, 1), days: int = 365, per: int = 6
) -> Iterator[Coding]:
    """Coded reports, `number` of them, of made-up happenings each told by about `per` reports."""
    rng = random.Random(seed)
    told: list[tuple[str, Identity, Identity, tuple[int, str, str, float, float] | None, date, int | None]] = []
    for i in range(number):
        if told and rng.random() < 1 - 1 / per:
            thing = told[-1 - min(int(rng.expovariate(0.3)), len(told) - 1)]
        else:
            thing = _thing(rng, start + timedelta(days=int(days * i / max(1, number))))
            told.append(thing)
        yield _coding(rng, f"r{seed}-{i}", thing)


def _thing(
    rng: random.Random, day: date
) -> tuple[str, Identity, Identity, tuple[int, str, str, float, float] | None, date, int | None]:
    kind = rng.choice(list(ACTS["tr"]))
    one, other = (POLITIES[min(int(rng.paretovariate(0.8)) - 1, len(POLITIES) - 1)] for _ in range(2))
    if one == other:
        other = POLITIES[(POLITIES.index(one) + 1) % len(POLITIES)]
    place = rng.choice(CITIES) if rng.random() < 0.6 else None
    dead = rng.randint(1, 40) if kind == "ASSAULT" else None
    return kind, _identity(rng, one), _identity(rng, other), place, day, dead


def _identity(rng: random.Random, polity: str) -> Identity:
    if rng.random() < 0.4:
        return Identity("", polity, polity, polity.title(), None, polity, ("GOV",), 0.9)
    office = rng.choice(OFFICES)
    name = f"{office.split()[0].title()} {polity.title()}sson"
    return Identity("", name, f"{polity}.{office}".replace(" ", "-"), name, office, polity, ("GOV",), 0.9)


def _coding(
    rng: random.Random,
    name: str,
    thing: tuple[str, Identity, Identity, tuple[int, str, str, float, float] | None, date, int | None],
) -> Coding:
    kind, actor, recipient, place, day, dead = thing
    language = rng.choice(("tr", "tr", "en"))
    parts, mentions = [], []

    def say(word: str, mention: str | None = None) -> tuple[int, int]:
        at = len(" ".join(parts)) + bool(parts)
        parts.append(word)
        if mention:
            mentions.append(Mention(f"m{len(mentions) + 1}", mention, at, at + len(word)))
        return at, at + len(word)

    def known(identity: Identity, mention: Mention) -> Identity:
        return Identity(
            mention.id, identity.text, identity.entity, identity.name, identity.office, identity.polity,
            identity.sectors, identity.confidence,
        )  # fmt: skip

    say(actor.text, "GPE" if actor.entity == actor.polity else "PER")
    trigger = say(ACTS[language][kind])
    say(recipient.text, "GPE" if recipient.entity == recipient.polity else "PER")
    where = None
    if place and rng.random() < 0.8:
        say("in")
        say(place[1], "GPE")
        where = Place(mentions[-1].id, place[1], *place[:2], *place[3:], place[2], city=place[1], precision="city")
    for _ in range(rng.randint(4, 14)):
        say(rng.choice(FILLER))
    say(f"n{rng.randint(0, 10**6)}")
    status = rng.choices(("actual", "historical", "negated", "future"), (20, 1, 1, 3))[0]
    published = datetime(day.year, day.month, day.day, rng.randint(6, 22)) + timedelta(days=rng.choice((0, 0, 0, 1)))
    stated = rng.random() < 0.5
    when = When("", "", day, day, "day") if stated else When("", "", *[published.date()] * 2, "day", "publication")
    roles = {"actor": ("m1",), "recipient": ("m2",), "place": (mentions[2].id,) if where else ()}
    report = Report(
        name, " ".join(parts) + ".", title=f"{actor.text} {kind}", published=published, outlet=rng.choice(OUTLETS),
        language=language, url=f"https://{name}.example/",
    )  # fmt: skip
    mode = "aerial" if kind == "ASSAULT" and rng.random() < 0.5 else None
    event = Event("e1", kind, *trigger, status, mode, ("diplomatic",), **roles, dead=dead, confidence=0.9)
    one, other = known(actor, mentions[0]), known(recipient, mentions[1])
    coded = CodedEvent(
        "e1", kind, *trigger, status, mode, ("diplomatic",), (one,), (other,), (), where, when, dead, None, 0.9
    )
    reading = Reading(report, tuple(mentions), (event,))
    return Coding(reading, (coded,), {"m1": one, "m2": other}, {where.mention: where} if where else {})


# ---------------------------------------------------------------- by hand


def person(name: str, polity: str, office: str | None = None, *, sector: str = "GOV", words: str = "") -> Identity:
    """Somebody the register knows."""
    return Identity("PER", words or name, f"p.{name}".replace(" ", "-"), name, office, polity, (sector,), 0.9)


def stranger(words: str, polity: str | None, *, sector: str = "GOV") -> Identity:
    """Somebody of whom only the polity and the sector are known."""
    return Identity("PER", words, None, None, None, polity, (sector,), 0.5)


def state(code: str, words: str = "") -> Identity:
    """A state as a whole."""
    return Identity("GPE", words or code, code, code, None, code, ("GOV",), 0.9)


def group(words: str, polity: str | None = None, *, sector: str = "CVL") -> Identity:
    """People unnamed."""
    return Identity("GRP", words, None, None, None, polity, (sector,), 0.5)


def organisation(name: str, polity: str, *, sector: str = "REB") -> Identity:
    """An organisation that the register knows."""
    return Identity("ORG", name, f"o.{name}", name, None, polity, (sector,), 0.9)


def town(name: str, country: str, geonames: int, latitude: float = 0.0, longitude: float = 0.0) -> Place:
    """A town."""
    return Place("GPE", name, geonames, name, latitude, longitude, country, city=name, precision="city")


def telling(
    kind: str,
    actors: tuple[Identity, ...] = (),
    recipients: tuple[Identity, ...] = (),
    *,
    words: str = "oldu",
    place: Place | None = None,
    day: date | None = None,
    until: date | None = None,
    status: str = "actual",
    mode: str | None = None,
    sources: tuple[Identity, ...] = (),
    dead: int | None = None,
    injured: int | None = None,
    extra: str = "",
) -> dict[str, object]:
    """One event for `coded`. `extra` is put into its sentence."""
    return dict(locals())


def coded(
    name: str,
    *events: dict[str, object],
    published: str = "2024-05-06T12:00",
    outlet: str | None = "Outlet",
    language: str = "tr",
    title: str | None = None,
    findings: tuple[Finding, ...] = (),
) -> Coding:
    """A coded report with one sentence for each event. Of an identity `mention` gives the type of its mention."""
    text, mentions, plain, full = "", [], [], []
    when = datetime.fromisoformat(published)
    for number, event in enumerate(events, 1):
        roles: dict[str, tuple[str, ...]] = {}
        resolved: dict[str, tuple[Identity, ...]] = {}
        for role in ("actors", "recipients", "sources"):
            found = []
            for identity in event[role]:  # type: ignore[attr-defined]
                key = f"m{len(mentions) + 1}"
                start = len(text)
                text += identity.text + " "
                mentions.append(Mention(key, identity.mention, start, start + len(identity.text)))
                found.append(replace(identity, mention=key))
            resolved[role] = tuple(found)
            roles[role.rstrip("s")] = tuple(i.mention for i in found)
        place = event["place"]
        if isinstance(place, Place):
            key = f"m{len(mentions) + 1}"
            mentions.append(Mention(key, "GPE", len(text), len(text) + len(place.text)))
            text += place.text + " "
            place = replace(place, mention=key)
        start = len(text)
        text += f"{event['words']}"
        span = (start, len(text))
        text += f" {event['extra']}. "
        day, until = event["day"], event["until"]
        first = day or when.date()
        days = When("", "", first, until or first, "day", "expression" if day else "publication")
        shared = (event["kind"], *span, event["status"], event["mode"], ("diplomatic",))
        tolls = {"dead": event["dead"], "injured": event["injured"]}
        plain.append(Event(f"e{number}", *shared, **roles, **tolls, confidence=0.9))  # type: ignore[arg-type]
        full.append(
            CodedEvent(
                f"e{number}", *shared, resolved["actors"], resolved["recipients"], resolved["sources"], place, days,
                **tolls, confidence=0.9,
            )  # type: ignore[arg-type]
        )  # fmt: skip
    report = Report(name, text, title, when, f"https://{name}.example/", outlet, language)
    return Coding(Reading(report, tuple(mentions), tuple(plain)), tuple(full), findings=findings)
