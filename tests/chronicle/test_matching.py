"""What matches and what does not, and that the outcome is one and the same in any order."""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from made_up import coded, codings, group, organisation, person, state, stranger, telling, town
from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.matching import THRESHOLD, Features, Index, match, score, settle
from vakanuvis.chronicle.records import Account
from vakanuvis.records import Coding, Place

FIDAN = person("Hakan Fidan", "TUR", "foreign minister")
ABDULATI = person("Badr Abdelatty", "EGY", "foreign minister")
SAFADI = person("Ayman Safadi", "JOR", "foreign minister")
CAIRO = town("Kahire", "EGY", 360630, 30.06, 31.25)
ANKARA = town("Ankara", "TUR", 323786, 39.92, 32.85)
RAFAH = town("Refah", "PSE", 281102, 31.28, 34.25)
KHAN_YUNIS = town("Han Yunus", "PSE", 281103, 31.34, 34.30)
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


def test_a_telling_that_fits_several_strikes_does_not_make_them_one() -> None:
    army, people = organisation("IDF", "ISR", sector="MIL"), group("siviller", "PSE")
    days = [date(2024, 5, day) for day in (3, 4, 5)]
    dated = [coded(f"d{day.day}", telling("ASSAULT", (state("ISR"),), place=RAFAH, day=day)) for day in days]
    vague = coded("v", telling("ASSAULT", (army,), (people,), place=RAFAH, dead=9), published="2024-05-05T18:00")
    assert together(*dated, vague) == [{"d3.e1"}, {"d4.e1"}, {"d5.e1", "v.e1"}]


def test_strikes_on_neighbouring_towns_are_two_even_in_one_report() -> None:
    army, people = organisation("IDF", "ISR", sector="MIL"), group("siviller", "PSE")
    one = telling("ASSAULT", (army,), (people,), place=RAFAH, dead=5)
    next_door = telling("ASSAULT", (army,), (people,), place=KHAN_YUNIS, dead=30)
    assert together(coded("a", one, next_door)) == [{"a.e1"}, {"a.e2"}]


def test_what_one_told_as_news_days_later_is_another_condemnation() -> None:
    damascus = "Şam limanına düzenlenen hava saldırısını sert sözlerle"
    condemned = telling("ACCUSE", (FIDAN,), (state("ISR"),), mode="disapprove", words="kınadı", extra=damascus)
    again = {**condemned, "extra": "Beyrut çarşısında düzinelerce yaralıya yol açan topçu ateşini"}
    assert len(together(coded("a", condemned), coded("b", again, published="2024-05-10T12:00"))) == 2
    assert len(together(coded("a", condemned), coded("b", dict(condemned), published="2024-05-07T09:00"))) == 1


def test_who_talked_aside_was_not_the_summit() -> None:
    states = tuple(state(code) for code in ("TUR", "EGY", "QAT", "JOR", "SAU", "IRQ"))
    there = {"mode": "multilateral", "place": CAIRO}
    summit = telling("CONSULT", states, extra="acil toplanan Arap liderleri savaşa son çağrısı yaptı", **there)
    attended = telling("CONSULT", states[:1], extra="savaşa son çağrısı Arap liderleri toplanan", **there)
    trade = "ticaret hacmi doğalgaz sahası gündeme geldi"
    aside = telling("CONSULT", states[:1], states[1:2], place=CAIRO, words="ikili görüşme", extra=trade)
    assert together(coded("a", summit), coded("b", aside), coded("c", attended)) == [{"a.e1", "c.e1"}, {"b.e1"}]


def test_crowds_of_two_kinds_in_one_town_are_two() -> None:
    march, there = "harçlara karşı kampüsten meydana sloganlarla", {"place": ANKARA, "mode": "demo"}
    blockade = "traktörlerle mazot fiyatlarına karşı otoyolu kesti"
    students = telling("PROTEST", (group("öğrenciler", "TUR", sector="EDU"),), extra=march, **there)
    farmers = telling("PROTEST", (group("çiftçiler", "TUR", sector="AGR"),), extra=blockade, **there)
    assert len(together(coded("a", students), coded("b", farmers))) == 2


def test_a_denial_belongs_to_what_it_denies_and_a_plan_does_not() -> None:
    told = telling("CONSULT", (FIDAN,), (ABDULATI,), place=CAIRO)
    assert together(coded("a", told), coded("b", {**told, "status": "negated"})) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", told), coded("b", {**told, "status": "future"}))) == 2
    later = coded("c", {**told, "status": "negated"}, published="2024-05-11T12:00")
    assert together(coded("a", told), later) == [{"a.e1", "c.e1"}]


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


def test_groups_of_one_number_are_one_in_other_words_and_another_language() -> None:
    ten = telling("COERCE", (), (group("11 şüpheli"),), mode="arrest", words="yakalandı")
    same = telling("COERCE", (), (group("11 people"),), mode="arrest", words="detained")
    other = telling("COERCE", (), (group("17 people"),), mode="arrest", words="detained")
    assert together(coded("a", ten), coded("b", same, language="en")) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", ten), coded("b", other, language="en"))) == 2


def test_a_raid_is_one_with_the_arrests_in_it_and_a_remand_is_another_stage() -> None:
    police = organisation("Polis", "TUR", sector="COP")
    held = (group("9 kişi"),)
    raid = telling("COERCE", (police,), (organisation("Örgüt", "IMG"),), place=ANKARA, mode="seize", words="baskın")
    arrest = telling("COERCE", (), held, place=ANKARA, mode="arrest", words="yakalandı")
    remand = telling("COERCE", (), held, place=ANKARA, mode="arrest", words="tutuklandı")
    assert together(coded("a", raid, arrest, remand)) == [{"a.e1", "a.e2"}, {"a.e3"}]


def test_a_town_may_stand_for_its_province_but_not_for_the_next_one() -> None:
    town_itself = replace(town("Mersin", "TUR", 1, 36.8, 34.6), region="Mersin")
    district = replace(town("Silifke", "TUR", 2, 36.4, 33.9), region="Mersin", city=None, precision="district")
    next_door = replace(district, name="Karaman", geonames=3, region="Karaman")

    def told(place: Place) -> dict[str, object]:
        return telling("COERCE", (), (group("9 kişi"),), place=place, mode="arrest")

    assert together(coded("a", told(town_itself)), coded("b", told(district))) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", told(town_itself)), coded("b", told(next_door)))) == 2


def test_the_police_of_a_town_act_in_it() -> None:
    here = telling("COERCE", (), (group("5 kişi"),), place=replace(ANKARA, region="Ankara"), mode="arrest")
    police = replace(organisation("Ankara emniyeti", "TUR", sector="COP"), entity=None)
    said = telling("COERCE", (police,), (group("5 şüpheli"),), mode="arrest")
    silent = telling("COERCE", (replace(police, text="Emniyet"),), (group("şüpheliler"),), mode="arrest")
    assert together(coded("a", here), coded("b", said)) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", here), coded("b", silent))) == 2


def test_a_leader_and_his_force_are_compared() -> None:
    leader, force = person("Komutan", "SDN", sector="REB"), organisation("Kuvvet", "SDN")
    assert together(
        coded("a", telling("RETREAT", (leader,), mode="ceasefire")),
        coded("b", telling("RETREAT", (force,), mode="ceasefire"), language="ar"),
    ) == [{"a.e1", "b.e1"}]


def test_a_person_unknown_to_the_register_is_one_in_two_scripts() -> None:
    def killed(name: str, language: str, mode: str) -> Coding:
        told = telling("ASSAULT", (), (stranger(name, None, sector="REB"),), mode=mode)
        return coded(f"{language}-{name[-3:]}", told, language=language)

    turkish = killed("Hizbullah komutanı Heysem Ali Tabatabai", "tr", "aerial")
    arabic = killed("القيادي هيثم علي الطبطبائي", "ar", "assassinate")
    another = killed("Komutan Heysem Tavil", "tr", "aerial")
    assert len(together(turkish, arabic)) == 1
    assert len(together(turkish, another)) == 2


def test_two_officials_of_one_state_with_other_names_are_two() -> None:
    def removed(name: str) -> dict[str, object]:
        return telling("SANCTION", (state("TUR"),), (stranger(name, "TUR"),))

    assert len(together(coded("a", removed("Vali Mehmet Kaya")), coded("b", removed("Vali Ayşe Yıldız")))) == 2
    assert len(together(coded("a", removed("Vali Mehmet Kaya")), coded("b", removed("Mehmet Kaya")))) == 1


def test_an_attack_is_told_now_in_a_town_and_now_in_its_region() -> None:
    region = replace(town("Odesa bölgesi", "UKR", 7, 46.5, 30.0), precision="region", city=None, region="Odesa")
    port = replace(town("İzmail", "UKR", 8, 45.35, 28.84), region="Odesa")
    there = replace(town("Sumi", "UKR", 9, 50.9, 34.8), region="Sumi")

    def told(place: Place) -> dict[str, object]:
        return telling("ASSAULT", (state("RUS"),), mode="aerial", place=place)

    assert together(coded("a", told(region)), coded("b", told(port))) == [{"a.e1", "b.e1"}]
    assert len(together(coded("a", told(region)), coded("b", told(there)))) == 2


def test_who_names_no_party_does_not_say_that_they_were_others() -> None:
    country = replace(town("Lübnan", "LBN", 5, 33.8, 35.8), precision="country", city=None)
    camp = replace(town("Ayn el-Hilve", "LBN", 6, 33.5, 35.3), region="Sayda")
    vague = telling("ASSAULT", place=country, mode="aerial", dead=13)
    exact = telling("ASSAULT", (state("ISR"),), (group("13 kişi"),), place=camp, mode="aerial", dead=13)
    assert together(coded("a", vague), coded("b", exact)) == [{"a.e1", "b.e1"}]


def test_copies_that_name_nobody_are_compared() -> None:
    words = "öğleden sonra kent merkezindeki meydanda toplanan kalabalık zamları düdüklerle"
    told = telling("PROTEST", mode="demo", words="protesto etti", extra=words)
    copy = telling("PROTEST", mode="demo", words="protesto etti", extra=f"{words} yeniden")
    elsewhere = telling(
        "PROTEST", mode="demo", words="yürüdü", extra="limandaki işten çıkarmalara karşı sabah erkenden"
    )
    assert together(coded("a", told), coded("b", copy), coded("c", elsewhere)) == [{"a.e1", "b.e1"}, {"c.e1"}]


def test_what_is_told_before_a_truce_does_not_part_it_from_others() -> None:
    strip = replace(town("Gazze Şeridi", "PSE", 4), precision="region", city=None, region="Gazze Şeridi")
    truce = telling("RETREAT", place=strip, mode="ceasefire", words="ateşkes", extra="kırılgan uzun süren taraflar")
    one = coded("a", telling("CONSULT", (FIDAN,), (ABDULATI,)), truce)
    other = coded("b", telling("CONSULT", (FIDAN,), (SAFADI,)), truce)
    assert {"a.e2", "b.e2"} in together(one, other)


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
