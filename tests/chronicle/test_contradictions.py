"""Contradictions among many copies of one text."""

import pytest

from made_up import coded, person, state, telling
from vakanuvis.chronicle import contradictions as module
from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.contradictions import contradictions
from vakanuvis.chronicle.matching import Who, party_points
from vakanuvis.chronicle.merging import Told, told
from vakanuvis.chronicle.records import Account, Origin

MINISTERS = [person("Hakan Fidan", "TUR", "foreign minister"), person("Ali Veli", "TUR", "foreign minister")]


def copies(number: int) -> list[Told]:
    """One meeting, told by reports that name the one minister and the other in turn."""
    made: list[Account] = []
    for i in range(number):
        event = telling("CONSULT", (MINISTERS[i % 2],), (state("USA"),))
        made += accounts(coded(f"r{i:04}", event, published=f"2024-05-06T{i // 60:02}:{i % 60:02}"), f"r{i:04}")
    return told(made, {a.report: Origin(a.report, a.report, None, "tr", "2024-05-06", "v") for a in made})


def test_every_copy_stands_on_its_side() -> None:
    tellings = copies(101)
    (found,) = contradictions(tellings)
    assert {found.kind, found.a, found.b} == {"office-holder", "Hakan Fidan", "Ali Veli"}
    names = {x.key: x.telling.actors[0].text for x in tellings}
    for value, keys in ((found.a, found.tellings_a), (found.b, found.tellings_b)):
        assert sorted(keys) == sorted(key for key, name in names.items() if name == value)


def test_copies_are_not_held_against_each_other_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(a: Who, b: Who) -> float:
        nonlocal compared
        compared += 1
        return party_points(a, b)

    monkeypatch.setattr(module, "party_points", counted)
    counts = []
    for number in (50, 400):
        tellings, compared = copies(number), 0
        contradictions(tellings)
        counts.append(compared)
    assert counts[0] == counts[1]
