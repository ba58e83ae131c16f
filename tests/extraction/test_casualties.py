"""Numbers of dead and injured in the three languages."""

import pytest

from vakanuvis.extraction.casualties import count_casualties
from vakanuvis.records import Event, Mention


def counted(text: str, trigger: str, *, kind: str = "ASSAULT", status: str = "actual") -> tuple[int | None, int | None]:
    at = text.index(trigger)
    (event,) = count_casualties(text, (), (Event("e1", kind, at, at + len(trigger), status),))
    return event.dead, event.injured


@pytest.mark.parametrize(
    ("text", "trigger", "dead", "injured"),
    [
        ("Hava saldırısında 37 kişi öldü, 151 kişi yaralandı.", "saldırısında", 37, 151),
        ("Saldırıda en az yirmi bir asker şehit oldu.", "Saldırıda", 21, None),
        ("Bombardımanda 1.200 sivil hayatını kaybetti.", "Bombardımanda", 1200, None),
        ("The air strikes killed at least 73 people and wounded 230.", "strikes", 73, 230),
        ("Twelve people were killed in the bombing.", "bombing", 12, None),
        ("أسفر القصف عن مقتل 12 شخصا وإصابة 30 آخرين", "القصف", 12, 30),
        ("Saldırı sürüyor. Ölü sayısı 45'e yükseldi.", "Saldırı", 45, None),
    ],
)
def test_numbers_told(text: str, trigger: str, dead: int | None, injured: int | None) -> None:
    assert counted(text, trigger) == (dead, injured)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Baskında ölenlerin yakınlarına 20 milyon dolar ödenecek.", "Baskında"),
        ("18 yaşındaki saldırgan öldürüldü, saldırı kınandı.", "saldırı kınandı"),
        ("Saldırıda Usame bin Ladin öldürüldü.", "Saldırıda"),
    ],
)
def test_other_numbers_are_no_casualties(text: str, trigger: str) -> None:
    assert counted(text, trigger) == (None, None)


def test_only_violent_events_that_happened_have_casualties() -> None:
    text = "Görüşmede saldırıda 3 kişinin öldüğü konuşuldu."
    assert counted(text, "Görüşmede", kind="CONSULT") == (None, None)
    assert counted(text, "saldırıda", status="hypothetical") == (None, None)


def test_a_time_is_no_casualty() -> None:
    text = "2015'te öldürülen gazeteciler için saldırı kınandı."
    at = text.index("saldırı")
    (event,) = count_casualties(text, (Mention("m1", "TIME", 0, 4),), (Event("e1", "ASSAULT", at, at + 7, "actual"),))
    assert event.dead is None
