"""Whole reports by the model itself, through the public face."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import vakanuvis
from vakanuvis import Event, Reading
from vakanuvis.words import INVISIBLE

ARTICLE = Path(__file__).parents[1] / "examples" / "mit-hamas.txt"
# Words of its sentences that only hope, fear, expect or value; no event told in them has happened.
NOT_ACTUAL = (
    "merak konusu",
    "olası işbirlikleri",
    "yapıcı bir diyalog",
    "merakla bekleniyor",
    "potansiyele sahip",
    "katkılarda bulunabilir",
    "ihtimali de mevcut",
    "değerlendirilmesi gerektiğini",
    "Umut edilen",
)
# What did happen, in its many tellings: the meeting, and the conflict behind it; and that Türkiye is willing and that
# both sides wish for talks, an AGREE and a REQUEST of their own by the guidelines, whatever comes of it.
FACTS = (
    *("çatışma", "bir araya geldi", "toplantı", "buluşma", "görüşme", "masaya yatırıldı", "tartıştılar", "gerçekleş"),
    *("istekli", "istekleri"),
)


@cache
def article() -> Reading:
    (reading,) = vakanuvis.read_many(vakanuvis.gather([ARTICLE]))
    return reading


def lowered(words: str) -> str:
    return words.replace("İ", "i").replace("I", "ı").lower()


def test_the_article_tells_of_the_meeting_with_its_parties_and_its_place():
    reading = article()
    meetings = [event for event in reading.events if event.type == "CONSULT" and event.status == "actual"]
    first = meetings[0]
    assert "Hakan Kalın" in " ".join(reading.party(first, "actor"))
    assert "Hamas heyeti" in " ".join(reading.party(first, "recipient"))
    assert "Ankara" in {place for event in meetings for place in reading.party(event, "place")}


def test_the_article_s_hopes_and_fears_do_not_come_out_as_facts():
    reading = article()
    text = reading.report.text
    facts = []
    for words in NOT_ACTUAL:
        at = text.index(words)
        start, end = text.rfind(".", 0, at) + 1, text.find(".", at)
        inside = [event for event in reading.events if start <= event.start < end and event.status == "actual"]
        told = [lowered(reading.words(event)) for event in inside]
        facts += [trigger for trigger in told if not any(fact in trigger for fact in FACTS)]
    assert not facts


def words_of(reading: Reading) -> list[tuple[str, ...]]:
    """What was found, without offsets and disguise."""

    def plain(span: vakanuvis.Mention | Event) -> str:
        return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", reading.words(span))).split())

    mentions = {mention.id: plain(mention) for mention in reading.mentions}
    return [
        *((mention.type, plain(mention)) for mention in reading.mentions),
        *(
            (event.type, event.status, plain(event), *(mentions[key] for key in event.actor))
            for event in reading.events
        ),
    ]


def every_letter(text: str, mark: str) -> str:
    return "".join(
        f"{a}{mark}" if a.isalpha() and b.isalpha() else a for a, b in zip(text, text[1:] + " ", strict=True)
    )


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: f"\ufeff{text}",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\t"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: every_letter(text, "\u00ad"),
        lambda text: every_letter(text, "\u200b"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: f"\u202b{text}\u202c",
    ],
    ids=["mark", "crlf", "tabs", "hard blanks", "soft hyphens", "zero width", "decomposed", "embedded"],
)
def test_a_disguise_changes_neither_what_is_found_nor_the_text(disguise: Callable[[str], str]):
    text = disguise(article().report.text)
    reading = vakanuvis.read(text)
    assert reading.report.text == text
    assert words_of(reading) == words_of(article())


def test_other_reports_beside_it_change_nothing():
    text = article().report.text
    others = [text[:300], "Fidan, Kahire'de Abdulati ile görüştü. 🕊️", "التقى وزير الخارجية نظيره التركي في أنقرة.", "x"]
    among = vakanuvis.read_many([*others, text, *others])
    assert words_of(among[len(others)]) == words_of(article())
    backwards = vakanuvis.read_many([*others, text][::-1])
    assert [reading.to_dict() for reading in backwards][::-1] == [
        reading.to_dict() for reading in among[: len(others) + 1]
    ]
