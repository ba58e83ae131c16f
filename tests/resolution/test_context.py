from __future__ import annotations

from passages import reading
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
