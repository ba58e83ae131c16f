from datetime import date

import pytest

from made_up import coded, group, person, state, stranger, telling, town
from vakanuvis.chronicle.accounts import accounts
from vakanuvis.chronicle.contradictions import contradictions
from vakanuvis.chronicle.merging import merge, told
from vakanuvis.chronicle.records import Contradiction, Happening, Origin
from vakanuvis.records import Coding

FIDAN = person("Hakan Fidan", "TUR", "foreign minister")
QATAR = state("QAT", "Katar")
DOHA = town("Doha", "QAT", 290030, 25.29, 51.53)
CAIRO = town("Kahire", "EGY", 360630, 30.06, 31.25)


def _told(*reports: Coding, voices: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    made, origins = [], {}
    for coding in reports:
        report = coding.reading.report
        made += accounts(coding, report.id)
        assert report.published is not None
        origins[report.id] = Origin(
            report.id, report.id, report.outlet, report.language, report.published.isoformat(),
            (voices or {}).get(report.id, report.id),
        )  # fmt: skip
    return told(made, origins)


def _merged(*reports: Coding, voices: dict[str, str] | None = None) -> Happening:
    return merge(_told(*reports, voices=voices))


def _found(*reports: Coding) -> list[Contradiction]:
    return contradictions(_told(*reports))


def _kinds(*reports: Coding) -> set[tuple[str, frozenset[str]]]:
    return {(c.kind, frozenset((c.a, c.b))) for c in _found(*reports)}


def test_voices_are_outlets_and_copies_count_once() -> None:
    met = telling("CONSULT", (FIDAN,), (QATAR,))
    reports = [coded(f"r{i}", met, outlet=f"Outlet {i % 3}", published=f"2024-05-06T1{i}:00") for i in range(5)]
    happening = _merged(*reports, coded("copy", met, outlet="Kopya"), voices={"copy": "r0"})
    assert happening.voices == 3
    assert happening.outlets == ("Kopya", "Outlet 0", "Outlet 1", "Outlet 2")
    assert (happening.first_report, happening.last_report) == ("2024-05-06T10:00:00", "2024-05-06T14:00:00")


def test_most_voices_win_and_the_others_are_counted() -> None:
    happening = _merged(
        coded("a", telling("CONSULT", (FIDAN,), (QATAR,), place=DOHA, day=date(2024, 5, 6)), outlet="A"),
        coded("b", telling("CONSULT", (FIDAN,), (QATAR,), place=DOHA, day=date(2024, 5, 6), mode="visit"), outlet="B"),
        coded("c", telling("CONSULT", (state("TUR"),), (QATAR,), place=CAIRO, day=date(2024, 5, 5)), outlet="C"),
    )
    assert happening.place is not None
    assert happening.place.name == "Doha"
    assert (happening.support["place"].for_, happening.support["place"].against) == (2, 1)
    assert happening.first == date(2024, 5, 6).toordinal()
    assert (happening.support["day"].for_, happening.support["day"].against) == (2, 1)
    assert [p.name for p in happening.actors] == ["Hakan Fidan"]  # his country speaks for him
    assert happening.support["actors"].for_ == 3
    assert happening.mode == "visit"


def test_a_group_is_one_by_its_number_across_languages_but_not_beside_another_of_that_number() -> None:
    hamas = state("PSE", "Hamas")

    def told_of(id_: str, outlet: str, *words: str) -> Coding:
        return coded(id_, telling("RETREAT", (hamas,), tuple(group(w) for w in words), mode="release"), outlet=outlet)

    happening = _merged(
        told_of("a", "A", "20 hostages"), told_of("b", "B", "20 rehineyi"), told_of("c", "C", "الرهائن العشرين")
    )
    assert len(happening.recipients) == 1
    assert happening.support["recipients"].for_ == 3
    happening = _merged(told_of("a", "A", "20 soldiers", "20 civilians"), told_of("b", "B", "20 soldiers"))
    assert len(happening.recipients) == 2


def test_the_last_toll_holds() -> None:
    happening = _merged(*(
        coded(f"r{i}", telling("ASSAULT", (state("ISR"),), (group("siviller", "PSE"),), dead=dead), outlet=f"O{i}",
              published=f"2024-05-0{6 + i}T12:00")
        for i, dead in enumerate((3, 9, 7))
    ))  # fmt: skip
    assert happening.dead == 7


def test_an_old_number_that_comes_back_changes_nothing() -> None:
    tolls = ((12, "06"), (45, "07"), (38, "08"), (12, "10"))
    reports = [_toll(f"r{day}", dead, f"2024-05-{day}T12:00") for dead, day in tolls]
    assert _merged(*reports).dead == 38
    assert _kinds(*reports) == {("dead", frozenset(("45", "38")))}


def test_a_lower_number_of_fewer_voices_is_no_correction() -> None:
    tolls = ((45, "06"), (45, "07"), (12, "08"))
    assert _merged(*(_toll(f"r{day}", dead, f"2024-05-{day}T12:00", f"O{day}") for dead, day in tolls)).dead == 45


def test_who_is_outvoted_did_not_do_it_too() -> None:
    rus, ukr, dead = state("RUS", "Rusya"), state("UKR", "Ukrayna"), {"dead": 4, "place": DOHA}
    told = [coded(f"r{i}", telling("ASSAULT", (who,), **dead), outlet=f"O{i}") for i, who in enumerate((rus, rus, ukr))]
    assert [p.polity for p in _merged(*told).actors] == ["RUS"]
    both = coded("r3", telling("ASSAULT", (rus, ukr), **dead), outlet="O3")
    assert [p.polity for p in _merged(*told, both).actors] == ["RUS", "UKR"]


def test_denied_here_and_told_there() -> None:
    met = telling("CONSULT", (FIDAN,), (QATAR,))
    (found,) = _found(coded("a", met), coded("b", {**met, "status": "negated"}), coded("c", met))
    assert (found.kind, found.tellings_a, found.tellings_b) == ("status", (("a", "e1"), ("c", "e1")), (("b", "e1"),))


def _toll(name: str, dead: int, published: str, outlet: str = "Outlet") -> Coding:
    return coded(name, telling("ASSAULT", (state("ISR"),), dead=dead), published=published, outlet=outlet)


def test_a_rising_toll_is_none_but_a_falling_or_a_simultaneous_one_is() -> None:
    morning = _toll("a", 5, "2024-05-06T08:00")
    assert _kinds(morning, _toll("b", 9, "2024-05-06T20:00")) == set()
    assert _kinds(morning, _toll("b", 3, "2024-05-06T20:00")) == {("dead", frozenset(("5", "3")))}
    assert _kinds(morning, _toll("b", 9, "2024-05-06T09:00")) == {("dead", frozenset(("5", "9")))}


def test_places_and_days_contradict_unless_one_holds_the_other() -> None:
    there = telling("CONSULT", (FIDAN,), (QATAR,), place=DOHA, day=date(2024, 5, 6))
    assert _kinds(coded("a", there), coded("b", {**there, "place": CAIRO})) == {
        ("place", frozenset(("Doha, QAT", "Kahire, EGY")))
    }
    assert _kinds(coded("a", there), coded("b", {**there, "day": date(2024, 5, 7)})) == {
        ("day", frozenset(("2024-05-06", "2024-05-07")))
    }
    vague = {**there, "day": date(2024, 5, 1), "until": date(2024, 5, 7)}
    assert _kinds(coded("a", there), coded("b", vague)) == set()


def test_what_is_put_off_comes_on_the_day_told_last() -> None:
    will = telling("CONSULT", (FIDAN,), (QATAR,), place=DOHA, status="future", day=date(2024, 5, 12))
    put_off = {**will, "day": date(2024, 5, 16)}
    first, then = coded("a", will, outlet="Biri"), coded("b", put_off, published="2024-05-09T12:00", outlet="Öteki")
    assert _merged(first, then).first == date(2024, 5, 16).toordinal()
    met = [coded(name, {**told, "status": "actual"}, outlet=name) for name, told in (("a", will), ("b", put_off))]
    assert _merged(*met).first == date(2024, 5, 12).toordinal()


def test_who_names_others_of_a_summit_contradicts_nobody() -> None:
    summit = {"mode": "multilateral", "place": DOHA}
    one, other = telling("CONSULT", (FIDAN,), **summit), telling("CONSULT", (QATAR, state("EGY")), **summit)
    assert _kinds(coded("a", one), coded("b", other)) == set()


def test_another_attacker_is_a_contradiction_and_a_minister_for_his_country_is_none() -> None:
    assert _kinds(
        coded("a", telling("ASSAULT", (state("ISR", "İsrail"),), (group("siviller"),))),
        coded("b", telling("ASSAULT", (state("USA", "ABD"),), (group("siviller"),))),
    ) == {("party", frozenset(("İsrail", "ABD")))}
    assert _kinds(
        coded("a", telling("ACCUSE", (FIDAN,), (QATAR,))), coded("b", telling("ACCUSE", (state("TUR"),), (QATAR,)))
    ) == set()  # fmt: skip


def test_two_names_for_one_office_are_a_contradiction() -> None:
    kalin = person("İbrahim Kalın", "TUR", "head of intelligence", sector="SPY", words="MİT Başkanı İbrahim Kalın")
    wrong = stranger("MİT Başkanı Hakan Kalın", "TUR", sector="SPY")
    bare = stranger("MİT Başkanı", "TUR", sector="SPY")
    assert _kinds(
        coded("a", telling("CONSULT", (kalin,), (QATAR,))), coded("b", telling("CONSULT", (wrong,), (QATAR,)))
    ) == {("office-holder", frozenset(("MİT Başkanı İbrahim Kalın", "MİT Başkanı Hakan Kalın")))}
    assert _kinds(
        coded("a", telling("CONSULT", (kalin,), (QATAR,))), coded("b", telling("CONSULT", (bare,), (QATAR,)))
    ) == set()  # fmt: skip


def test_a_person_in_two_wordings_is_held_against_another_once() -> None:
    names = ("MİT Başkanı Hakan Kalın", "Hakan Kalın", "İstihbarat Başkanı İbrahim Kalın")
    told = [coded(name, telling("CONSULT", (stranger(name, "TUR", sector="SPY"),), (QATAR,))) for name in names]
    assert _kinds(*told) == {("office-holder", frozenset((names[0], names[2])))}


@pytest.mark.parametrize("words", ["Sheikh Tamim bin Hamad", "وأمير قطر", "أمير قطر الشيخ تميم بن حمد", "Katar Emiri"])
def test_one_name_in_another_spelling_or_an_office_without_a_name_is_no_contradiction(words: str) -> None:
    emir = stranger("Katar Emiri Temim bin Hamed", "QAT", sector="GOV")
    other = stranger(words, "QAT", sector="GOV")
    met = [coded(id_, telling("CONSULT", (FIDAN,), (who,))) for id_, who in (("a", emir), ("b", other))]
    assert "office-holder" not in {kind for kind, _ in _kinds(*met)}


def test_whom_a_state_acts_against_is_not_the_state() -> None:
    mayor = person("Ekrem İmamoğlu", "TUR", "mayor", words="Ekrem İmamoğlu")
    merged = _merged(coded("a", telling("COERCE", (state("TUR"),), (mayor,), mode="arrest")))
    assert [p.entity or p.polity for p in merged.actors] == ["TUR"]
    assert [p.name for p in merged.recipients] == ["Ekrem İmamoğlu"]


def test_a_minister_stands_for_his_country_where_others_name_him() -> None:
    merged = _merged(
        coded("a", telling("ACCUSE", (FIDAN,), (QATAR,))), coded("b", telling("ACCUSE", (state("TUR"),), (QATAR,)))
    )  # fmt: skip
    assert [p.name for p in merged.actors] == ["Hakan Fidan"]
