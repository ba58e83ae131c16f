"""What matches and what does not, and that the outcome is one and the same in any order."""

import random
from collections.abc import Collection, Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from made_up import coded, codings, group, organisation, person, state, stranger, telling, town
from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.matching import THRESHOLD, Features, Index, match, score, settle
from vakanuvis.chronicle.records import Account
from vakanuvis.records import Coding

FIDAN = person("Hakan Fidan", "TUR", "foreign minister")
ABDULATI = person("Badr Abdelatty", "EGY", "foreign minister")
SAFADI = person("Ayman Safadi", "JOR", "foreign minister")
CAIRO = town("Kahire", "EGY", 360630, 30.06, 31.25)
ANKARA = town("Ankara", "TUR", 323786, 39.92, 32.85)
RAFAH = town("Refah", "PSE", 281102, 31.28, 34.25)
JENIN = town("Cenin", "PSE", 284315, 32.46, 35.3)


def together(*reports: Coding) -> list[set[str]]:
    """The happenings, each as the set of its tellings `report.event`."""
    made = [a for coding in reports for a in accounts(coding, coding.reading.report.id)]
    pivots = match(map(Features.of, made))
    groups: dict[int, set[str]] = {}
    for account, pivot in zip(made, pivots, strict=True):
        groups.setdefault(pivot, set()).update(f"{account.report}.{t.event}" for t in account.tellings)
    return sorted(groups.values(), key=min)


def test_a_meeting_told_as_a_visit_in_another_language_is_one() -> None:
    assert together(
        coded("a", telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO, words="görüştü")),
        coded(
            "b",
            telling("CONSULT", (FIDAN,), (state("EGY"),), place=CAIRO, mode="visit", words="visited"),
            language="en",
        ),
        coded("c", telling("CONSULT", (FIDAN, ABDULATI), words="bir araya geldi"), outlet="Başka"),
    ) == [{"a.e1", "b.e1", "c.e1"}]


def test_a_minister_and_his_country_are_one_party() -> None:
    assert together(
        coded("a", telling("ACCUSE", (FIDAN,), (state("ISR"),), words="kınadı")),
        coded("b", telling("ACCUSE", (state("TUR"),), (state("ISR"),), words="condemned"), language="en"),
    ) == [{"a.e1", "b.e1"}]


def test_the_same_two_a_month_later_are_another_meeting() -> None:
    assert len(together(
        coded("a", telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO)),
        coded("b", telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO), published="2024-06-06T12:00"),
    )) == 2  # fmt: skip


def test_two_counterparts_on_one_day_are_two_meetings() -> None:
    assert len(together(
        coded("a", telling("CONSULT", (FIDAN,), (ABDULATI,), place=ANKARA, day=date(2024, 5, 6))),
        coded("b", telling("CONSULT", (FIDAN,), (SAFADI,), place=ANKARA, day=date(2024, 5, 6))),
    )) == 2  # fmt: skip


def test_strikes_on_two_towns_and_on_two_days_are_two() -> None:
    army = organisation("IDF", "ISR", sector="MIL")
    people = group("siviller", "PSE")
    one = telling("ASSAULT", (army,), (people,), place=RAFAH, day=date(2024, 5, 5))
    elsewhere = telling("ASSAULT", (army,), (people,), place=JENIN, day=date(2024, 5, 5))
    next_day = telling("ASSAULT", (army,), (people,), place=RAFAH, day=date(2024, 5, 6))
    assert len(together(coded("a", one), coded("b", elsewhere))) == 2
    assert len(together(coded("a", one), coded("b", next_day))) == 2
    assert len(together(coded("a", one), coded("b", dict(one)))) == 1


def test_a_denial_belongs_to_what_it_denies_and_a_plan_does_not() -> None:
    told = telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO)
    assert together(coded("a", told), coded("b", {**told, "status": "negated"})) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", told), coded("b", {**told, "status": "future"}))) == 2


def test_an_unknown_name_in_the_same_office_still_matches() -> None:
    hamas = organisation("Hamas", "PSE")
    kalin = person("İbrahim Kalın", "TUR", "head of intelligence", sector="SPY")
    wrong = stranger("MİT Başkanı Hakan Kalın", "TUR", sector="SPY")
    assert together(
        coded("a", telling("CONSULT", (kalin,), (hamas,), place=ANKARA)),
        coded("b", telling("CONSULT", (wrong,), (hamas,), place=ANKARA)),
    ) == [{"a.e1", "b.e1"}]


def test_within_one_report_a_reference_back_is_the_same() -> None:
    report = coded(
        "a",
        telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO, words="görüştü"),
        telling("CONSULT", words="Görüşmede"),
        telling("CONSULT", (FIDAN,), (SAFADI,), place=ANKARA, words="bir araya geldi"),
    )
    assert together(report) == [{"a.e1", "a.e2"}, {"a.e3"}]


def test_an_account_survives_being_stored() -> None:
    for coding in codings(30):
        for account in accounts(coding, "k"):
            assert Account.from_json(account.to_json()) == account


class _Near:
    """What `settle` asks, answered from memory."""

    def __init__(self) -> None:
        self.index, self.pivot = Index(), dict[int, int]()
        self.asked = 0  # how many pairs of accounts were looked at

    def pivot_of(self, number: int) -> int | None:
        return self.pivot.get(number)

    def rank(self, number: int) -> tuple[int, int]:
        return self.index.features[number].rank

    def pivots(self, numbers: Collection[int]) -> dict[int, dict[int, float]]:
        pivots = {n: [to for to in self._candidates(n) if self.pivot.get(to) == to] for n in numbers}
        return {n: {to: points for to in them if (points := self._points(n, to))} for n, them in pivots.items()}

    def prepare(self, numbers: Collection[int]) -> None:
        pass

    def around(self, number: int) -> dict[int, float]:
        return {n: points for n in self._candidates(number) if (points := self._points(n, number))}

    def points(self, pairs: Collection[tuple[int, int]]) -> dict[int, float]:
        return {number: self._points(number, pivot) for number, pivot in pairs}

    def _candidates(self, number: int) -> set[int]:
        return self.index.candidates(self.index.features[number]) - {number}

    def _points(self, number: int, pivot: int) -> float:
        self.asked += 1
        points = score(self.index.features[number], self.index.features[pivot])
        return points if points is not None and points >= THRESHOLD else 0.0


def _incrementally(features: Sequence[Features], order: Sequence[int], sizes: Sequence[int]) -> tuple[list[int], int]:
    near = _Near()
    start = 0
    while start < len(order):
        batch = order[start : start + sizes[start % len(sizes)]]
        start += len(batch)
        for number in batch:
            near.index.put(number, features[number])
        near.pivot.update(settle(batch, near))
    return [near.pivot[number] for number in range(len(features))], near.asked


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 7), min_size=1, max_size=4))
def test_the_outcome_does_not_depend_on_the_order(rng: random.Random, sizes: list[int]) -> None:
    made = codings(120, seed=rng.randint(1, 10**6), days=20)
    features = [Features.of(a) for i, coding in enumerate(made) for a in accounts(coding, f"k{i}")]
    order = list(range(len(features)))
    rng.shuffle(order)
    assert _incrementally(features, order, sizes)[0] == match(features)
