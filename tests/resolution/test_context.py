from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passages import reading
from vakanuvis.records import Event, Mention, Reading, Report
from vakanuvis.resolution import code


def test_a_family_name_is_whom_the_report_names_in_full():
    coding = code(
        reading("[Vali Kemal Tunçsoy](PER m1) açıklama yaptı. [Tunçsoy](PER m2), {kınadı}(ACCUSE e1).",
                "e1: actor=m2 mode=disapprove status=actual context=executive")
    )  # fmt: skip
    assert coding.identities["m2"].sectors == coding.identities["m1"].sectors == ("GOV",)
    assert coding.identities["m2"].text == "Tunçsoy"
    assert coding.events[0].actors[0] == coding.identities["m2"]


def test_a_title_alone_is_its_nearest_bearer():
    coding = code(
        reading("[Dışişleri Bakanı Hakan Fidan](PER m1) sustu. [Bakan](PER m2) [Roma](GPE m3)'ya {gitti}(CONSULT e1).",
                "e1: actor=m2 place=m3 mode=visit status=actual context=diplomatic")
    )  # fmt: skip
    assert coding.identities["m2"].entity == coding.identities["m1"].entity is not None


def test_a_counterpart_has_the_other_partys_office_in_its_own_polity():
    passage = "[Dışişleri Bakanı Hakan Fidan](PER m1), [Mısırlı mevkidaşı](PER m2) ile {görüştü}(CONSULT e1)."
    counterpart = code(reading(passage, "e1: actor=m1 recipient=m2 status=actual context=diplomatic")).identities["m2"]
    assert (counterpart.polity, counterpart.sectors[0]) == ("EGY", "GOV")
    english = "[Foreign Minister Hakan Fidan](PER m1) {met}(CONSULT e1) [his Greek counterpart](PER m2)."
    found = code(reading(english, "e1: actor=m1 recipient=m2 status=actual context=diplomatic", language="en"))
    assert (found.identities["m2"].polity, found.identities["m2"].sectors[0]) == ("GRC", "GOV")


def test_an_abbreviation_in_brackets_is_what_stands_before_it():
    coding = code(
        reading("[Somalili isyancılar](GRP m1) ([ZQX](ORG m2)) {saldırdı}(ASSAULT e1). [ZQX](ORG m3) üstlendi.",
                "e1: actor=m1 status=actual context=military")
    )  # fmt: skip
    assert [coding.identities[m].polity for m in ("m1", "m2", "m3")] == ["SOM"] * 3


def test_an_organ_without_a_state_is_of_the_polity_spoken_of():
    abroad = code(
        reading("[Paris](GPE m1)'te [polis](ORG m2) göstericilere {müdahale etti}(COERCE e1).",
                "e1: actor=m2 place=m1 status=actual context=human_rights")
    )  # fmt: skip
    home = code(reading("[Polis](ORG m1) {müdahale etti}(COERCE e1).", "e1: actor=m1 status=actual context=legal"))
    assert (abroad.identities["m2"].polity, home.identities["m1"].polity) == ("FRA", "TUR")
    people = code(reading("[Siviller](GRP m1) {kaçtı}(RETREAT e1).", "e1: actor=m1 status=actual context=migration"))
    assert people.identities["m1"].polity is None


def test_no_two_people_are_mixed_up():
    coding = code(
        reading("[Yazar Ali Aytek](PER m1), [savcı Ece Korkutan](PER m2) {çattı}(ACCUSE e1). [Korkutan](PER m3) da.",
                "e1: actor=m1 recipient=m2 status=actual context=legal")
    )  # fmt: skip
    assert coding.identities["m3"].sectors == ("JUD",)


def test_an_office_in_a_report_from_abroad_is_not_homes():
    passage = "[Tahran](GPE m1)'da [İran](GPE m2) yönetimi toplandı, [Meclis Başkanı](PER m3) {konuştu}(CONSULT e1)."
    abroad = code(reading(passage, "e1: actor=m3 status=actual context=legislative")).identities["m3"]
    assert (abroad.polity, abroad.sectors[0]) == ("IRN", "LEG")
    home = code(
        reading("[Meclis Başkanı](PER m1) {konuştu}(CONSULT e1).", "e1: actor=m1 status=actual context=executive")
    )
    assert home.identities["m1"].polity == "TUR"


def test_a_town_is_of_the_polity_that_it_lies_in():
    passage = "[Halep](GPE m1)'te {patlama}(ASSAULT e1) oldu."
    coding = code(reading(passage, "e1: place=m1 status=actual context=military"))
    assert coding.identities["m1"].polity == "SYR"
    assert coding.events[0].place is not None
    assert coding.events[0].place.country == "SYR"


def test_an_event_without_a_time_has_the_reports_day():
    (event,) = code(reading("{Patlama}(ASSAULT e1) oldu.", "e1: status=actual context=military")).events
    assert event.when is not None
    assert (event.when.start.isoformat(), event.when.basis) == ("2025-11-05", "publication")


TYPES = st.sampled_from(["PER", "ORG", "GPE", "LOC", "GRP", "TIME"])
WORDS = st.lists(
    st.sampled_from(
        [
            "Cumhurbaşkanı",
            "MİT",
            "Başkanı",
            "Hakan",
            "Kalın",
            "mevkidaşı",
            "(",
            ")",
            ".",
            "'",
            "İran",
            "polis",
            "وزير",
            "the",
            "former",
            "2025",
            "eski",
            "X",
        ]
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=150)
@given(WORDS, st.lists(TYPES, max_size=25), st.sampled_from(["tr", "en", "ar", None]), st.datetimes() | st.none())
def test_any_reading_is_coded(words, types, language, published):
    text = " ".join(words)
    mentions, at = [], 0
    for number, (word, kind) in enumerate(zip(words, types, strict=False)):
        mentions.append(Mention(f"m{number}", kind, at, at + len(word)))
        at += len(word) + 1
    keys = tuple(mention.id for mention in mentions)
    event = Event("e1", "CONSULT", 0, len(text), "actual", None, (), keys, keys[::-1], keys, keys, keys)
    given = Reading(
        Report("r", text, language=language, published=published or datetime(2025, 1, 1)), tuple(mentions), (event,)
    )
    coding = code(given)
    assert set(coding.identities) == {m.id for m in mentions if m.type in ("PER", "ORG", "GPE", "GRP")}
    assert coding == code(given)


def test_a_town_or_a_club_is_nobody_who_sounds_like_it():
    coding = code(
        reading("[Erbil](GPE m1) ve [Isparta](GPE m2) {kınadı}(ACCUSE e1), [Visit Turkey](ORG m3) sustu.",
                "e1: actor=m1,m2 status=actual context=diplomatic")
    )  # fmt: skip
    assert [coding.identities[m].entity for m in ("m1", "m2", "m3")] == [None] * 3
    assert [coding.identities[m].polity for m in ("m1", "m2", "m3")] == ["IRQ", "TUR", "TUR"]


def test_the_army_is_that_of_the_soldiers_named_before():
    coding = code(
        reading("[İsrail askerleri](GRP m1) [Han Yunus](GPE m2)'ta {vurdu}(ASSAULT e1). [Ordu](ORG m3) açıklama yaptı.",
                "e1: actor=m1 place=m2 status=actual context=military")
    )  # fmt: skip
    assert (coding.identities["m3"].polity, coding.identities["m3"].sectors) == ("ISR", ("MIL",))


def test_a_ministers_counterpart_has_his_ministry():
    coding = code(
        reading("[Bakan Hakan Fidan](PER m1) [Suudi mevkidaşıyla](PER m2) {görüştü}(CONSULT e1).",
                "e1: actor=m1 recipient=m2 status=actual context=diplomatic")
    )  # fmt: skip
    assert coding.identities["m2"].name == "Faisal bin Farhan Al Saud"


def test_his_country_is_that_of_who_was_named():
    coding = code(
        reading("دعا [وزير الخارجية المصري بدر عبد العاطي](PER m1) {إلى}(REQUEST e1) دعم [بلاده](GPE m2).",
                "e1: actor=m1 recipient=m2 status=actual context=diplomatic", language="ar")
    )  # fmt: skip
    assert coding.identities["m2"].entity == "EGY"


def test_what_stands_before_a_mention_may_make_it_a_former_one():
    coding = code(
        reading("Ex-[U.S. Secretary of State Colin Powell](PER m1) {spoke}(CONSULT e1).",
                "e1: actor=m1 status=actual context=diplomatic", language="en", day="2021-10-18")
    )  # fmt: skip
    assert coding.identities["m1"].sectors[0] == "ELI"
    assert coding.identities["m1"].text == "U.S. Secretary of State Colin Powell"
    assert not coding.findings


def test_nobody_is_of_his_counterparts_state():
    coding = code(
        reading("[Dışişleri Bakanı Ahmet Korkmaz](PER m1), [Bağdat](GPE m2)'ta [Iraklı mevkidaşı Fuad Hüseyin](PER m3)"
                " ile {görüştü}(CONSULT e1).",
                "e1: actor=m1 recipient=m3 place=m2 status=actual context=diplomatic")
    )  # fmt: skip
    assert coding.identities["m1"].polity == "TUR"
    assert coding.identities["m3"].polity == "IRQ"


@pytest.mark.parametrize(
    ("passage", "event", "party"),
    [
        (
            "[Suudi Dışişleri Bakanı Faysal bin Ferhan](PER m1) ile [Dışişleri Bakan Yardımcısı Nuh Yılmaz](PER m2)"
            " [Riyad](GPE m3)'da {görüştü}(CONSULT e1).",
            "e1: actor=m1 recipient=m2 place=m3 status=actual context=diplomatic",
            "m2",
        ),
        (
            "[Dışişleri Bakan Yardımcısı Yavuz Selim Kıran](PER m1) [Suudi büyükelçiyi](PER m2) {çağırdı}(ACCUSE e1).",
            "e1: actor=m1 recipient=m2 status=actual mode=disapprove context=diplomatic",
            "m1",
        ),
    ],
    ids=["a ministry meets another", "who summons an ambassador"],
)
def test_nobody_is_of_the_state_that_he_faces(passage, event, party):
    assert code(reading(passage, event, day="2018-10-03")).identities[party].polity == "TUR"


def test_a_state_is_not_where_its_mission_stands():
    coding = code(
        reading("[Suudi Arabistan](GPE m1)'ın [İstanbul Başkonsolosluğu](LOC m2) önünde {protesto}(PROTEST e1)"
                " düzenlendi. [Polis](ORG m3) üç kişiyi {gözaltına aldı}(COERCE e2).",
                "e1: place=m2 status=actual mode=demo context=rights_freedoms",
                "e2: actor=m3 status=actual mode=arrest context=legal")
    )  # fmt: skip
    assert coding.identities["m3"].polity == "TUR"
