from __future__ import annotations

from pathlib import Path

import pytest

from passages import reading
from vakanuvis.records import Event, Mention, Reading, Report
from vakanuvis.resolution import code
from vakanuvis.resolution.findings import KINDS

ROOT = Path(__file__).parents[2]


def found(passage: str, *events: str, **report: str | None):
    return code(reading(passage, *events, **report)).findings


def test_the_report_that_the_project_grew_from():
    text = (ROOT / "examples" / "mit-hamas.txt").read_text(encoding="utf-8")
    spans = {"m1": ("MİT’in Başkanı Hakan Kalın", "PER"), "m2": ("Hamas heyetiyle", "ORG"), "m3": ("Ankara", "GPE"),
             "m4": ("MİT Başkanı Kalın", "PER")}  # fmt: skip
    mentions = tuple(Mention(k, t, text.index(w), text.index(w) + len(w)) for k, (w, t) in spans.items())
    at = text.index("bir araya geldi")
    met = Event("e1", "CONSULT", at, at + 15, "actual", None, ("diplomatic",), ("m1",), ("m2",), ("m3",))
    coding = code(Reading(Report("mit-hamas", text, language="tr"), mentions, (met,)))
    assert {finding.kind for finding in coding.findings} == {"never-held", "no-source", "no-date"}
    (finding,) = [finding for finding in coding.findings if finding.kind == "never-held"]
    assert text[finding.start : finding.end] == "MİT’in Başkanı Hakan Kalın"
    assert finding.candidates == ("İbrahim Kalın", "Hakan Fidan")
    assert finding.severity == "error"
    assert any("İbrahim Kalın" in line and "2023-06" in line for line in finding.evidence)
    (actor,) = coding.events[0].actors
    assert (actor.entity, actor.polity, actor.sectors) == (None, "TUR", ("SPY",))
    assert (coding.events[0].recipients[0].polity, coding.identities["m4"].entity) == ("PSE", None)


def test_the_right_name_is_no_finding():
    assert not found(
        "[MİT Başkanı İbrahim Kalın](PER m1) {konuştu}(CONSULT e1).", "e1: actor=m1 status=actual context=diplomatic"
    )
    assert not found("[MİT Başkanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).",
                     "e1: actor=m1 status=actual context=diplomatic", day="2019-05-05")  # fmt: skip


def test_an_office_no_longer_held():
    (finding,) = found("[MİT Başkanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).",
                       "e1: actor=m1 status=actual context=diplomatic")  # fmt: skip
    assert finding.kind == "not-in-office"
    assert not found("[Eski MİT Başkanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).",
                     "e1: actor=m1 status=actual context=diplomatic")  # fmt: skip
    assert not found("[MİT Başkanı Hakan Fidan](PER m1) o yıl {konuştu}(CONSULT e1).",
                     "e1: actor=m1 status=historical context=diplomatic")  # fmt: skip


def test_the_wrong_office_for_a_known_person():
    (finding,) = found("[Türkiye İçişleri Bakanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).",
                       "e1: actor=m1 status=actual context=diplomatic", day="2024-06-01")  # fmt: skip
    assert (finding.kind, finding.candidates) == ("wrong-office", ("Ali Yerlikaya",))


def test_two_names_for_one_office():
    passage = (
        "[İsrail Başbakanı Binyamin Netanyahu](PER m1) {gitti}(CONSULT e1). "
        "[İsrail Başbakanı Uri Zilberman](PER m2) döndü."
    )
    kinds = {f.kind for f in found(passage, "e1: actor=m1 status=actual context=diplomatic", day="2024-06-01")}
    assert kinds == {"two-holders", "never-held"}


def test_a_place_that_lies_elsewhere():
    (finding,) = found("[Türkiye](GPE m1)'nin [Halep kentinde](GPE m2) {patlama}(ASSAULT e1) oldu.",
                       "e1: place=m2 status=actual context=military")  # fmt: skip
    assert (finding.kind, "SYR" in finding.claim) == ("place-elsewhere", True)
    (finding,) = found("A {blast}(ASSAULT e1) struck a market in [Aleppo](GPE m1), [Turkey](GPE m2).",
                       "e1: place=m1 status=actual context=military", language="en")  # fmt: skip
    assert finding.kind == "place-elsewhere"


@pytest.mark.parametrize(
    ("passage", "claim"),
    [
        ("[Suriye](GPE m1)'nin başkenti [Halep](GPE m2)'te {patlama}(ASSAULT e1) oldu.", "that is Damascus"),
        ("[Yunanistan](GPE m1)'ın başkenti [Sofya](GPE m2)'da {patlama}(ASSAULT e1) oldu.", "that is Athens"),
        ("A {blast}(ASSAULT e1) struck the [Greek](GPE m1) capital [Sofia](GPE m2).", "that is Athens"),
        ("[Hatay](GPE m1)'ın [Yüksekova ilçesinde](GPE m2) {patlama}(ASSAULT e1) oldu.", "lies in Hakkâri"),
    ],
)  # fmt: skip
def test_a_capital_that_is_none_and_a_district_of_another_province(passage, claim):
    (finding,) = found(passage, "e1: place=m2 status=actual context=military")
    assert finding.kind == "place-elsewhere"
    assert claim in finding.claim


@pytest.mark.parametrize(
    "passage",
    [
        "[Suriye](GPE m1)'nin başkenti [Şam](GPE m2)'da {patlama}(ASSAULT e1) oldu.",
        "[Hindistan](GPE m1)'ın başkenti [Yeni Delhi](GPE m2)'de {patlama}(ASSAULT e1) oldu.",
        "[Hakkari](GPE m1)'nin [Yüksekova ilçesinde](GPE m2) {patlama}(ASSAULT e1) oldu.",
        "[Ankara](GPE m1)'nın [Yüksekova ilçesine](GPE m2) gönderdiği {yardım}(AID e1) ulaştı.",
    ],
)
def test_a_capital_or_a_district_where_it_is_told_raises_nothing(passage):
    assert not found(passage, "e1: place=m2 status=actual context=military")


@pytest.mark.parametrize(
    "passage",
    [
        "[Suriye](GPE m1)'nin [Halep kentinde](GPE m2) {patlama}(ASSAULT e1) oldu.",
        "[İsrail](GPE m1)'in [Halep kentine](GPE m2) düzenlediği {saldırı}(ASSAULT e1) kınandı.",
        "[Türkiye](GPE m1), [Halep kentinde](GPE m2) {patlama}(ASSAULT e1) olduğunu bildirdi.",
    ],
)
def test_who_acts_in_a_place_need_not_own_it(passage):
    assert not found(passage, "e1: place=m2 status=actual context=military")


def test_of_far_countries_the_gazetteer_lacks_small_towns():
    assert not found("[Mozambik](GPE m1)'in [Palma kasabasına](GPE m2) {saldıran}(ASSAULT e1) militanlar kaçtı.",
                     "e1: place=m2 status=actual context=terrorism")  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        ("[Çin Dışişleri Bakanı Vang Yi](PER m1) {geldi}(CONSULT e1).", "tr"),
        ("[İran Dışişleri Bakanı Abbas Arakçi](PER m1) {geldi}(CONSULT e1).", "tr"),
        ("[Azerbaycan Cumhurbaşkanı Danışmanı Hikmet Hacıyev](PER m1) {geldi}(CONSULT e1).", "tr"),
        ("[Türkiye Güreş Federasyonu Başkanı Şeref Demir](PER m1) {geldi}(CONSULT e1).", "tr"),
        ("[11. Cumhurbaşkanı Abdullah Gül](PER m1) {geldi}(CONSULT e1).", "tr"),
        ("{وصل}(CONSULT e1) [الرئيس الصيني شي جين بينغ](PER m1).", "ar"),
        ("{التقى}(CONSULT e1) [وزير الخارجية الإيراني عباس عراقجي](PER m1).", "ar"),
        ("[Saudi Crown Prince Mohammed bin Salman](PER m1) {came}(CONSULT e1).", "en"),
    ],
)
def test_spellings_advisers_and_numbers_raise_nothing(passage, language):
    assert not found(passage, "e1: actor=m1 status=actual context=diplomatic", language=language, day="2024-12-20")


def test_a_day_after_the_publication_cannot_be_past():
    (finding,) = found("[Ankara](GPE m1), [12 Aralık 2025](TIME m2)'te {kınadı}(ACCUSE e1).",
                       "e1: actor=m1 time=m2 status=actual context=diplomatic")  # fmt: skip
    assert finding.kind == "date-contradiction"
    assert not found("[Ankara](GPE m1), [12 Aralık 2025](TIME m2)'te {kınayacak}(ACCUSE e1).",
                     "e1: actor=m1 time=m2 status=future context=diplomatic")  # fmt: skip


def test_a_day_has_one_weekday():
    (finding,) = found("[Ankara](GPE m1), [4 Kasım 2025 Cuma](TIME m2) günü {kınadı}(ACCUSE e1).",
                       "e1: actor=m1 time=m2 status=actual context=diplomatic")  # fmt: skip
    assert (finding.kind, finding.candidates) == ("date-contradiction", ("Tuesday",))
    assert not found("[Ankara](GPE m1), [4 Kasım 2025 Salı](TIME m2) günü {kınadı}(ACCUSE e1).",
                     "e1: actor=m1 time=m2 status=actual context=diplomatic")  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "event", "language"),
    [
        ("[5 Kasım Perşembe günü](TIME m1) polis üç kişiyi {gözaltına aldı}(COERCE e1).", "time=m1", "tr"),
        ("He {met}(CONSULT e1) them on [Tuesday, November 3](TIME m1).", "time=m1", "en"),
        ("{التقى}(CONSULT e1) بهم [الثلاثاء 3 نوفمبر](TIME m1).", "time=m1", "ar"),
        ("[31 Kasım 2025](TIME m1)'te {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[30 Şubat](TIME m1)'ta {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[31 Kasım Pazartesi günü](TIME m1) {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("They {met}(CONSULT e1) on [February 29, 2025](TIME m1).", "time=m1", "en"),
        ("{التقى}(CONSULT e1) بهم في [31 نوفمبر](TIME m1).", "time=m1", "ar"),
        ("[31.11.2025](TIME m1) tarihinde {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[29-31 Kasım](TIME m1) tarihlerinde {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[6 Kasım 2025](TIME m1) [Cuma günü](TIME m2) {görüşecek}(CONSULT e1).", "time=m1,m2", "tr"),
        ("[Dün](TIME m1), [3 Kasım Salı günü](TIME m2), {görüştüler}(CONSULT e1).", "time=m1,m2", "tr"),
        ("[Yesterday](TIME m1), [November 1](TIME m2), they {met}(CONSULT e1).", "time=m1,m2", "en"),
        ("[أمس](TIME m1) ([الجمعة](TIME m2)) {التقى}(CONSULT e1) بهم.", "time=m1,m2", "ar"),
    ],
)
def test_days_that_cannot_be(passage, event, language):
    status = "future" if "görüşecek" in passage else "actual"
    told = found(passage, f"e1: {event} status={status} context=diplomatic", language=language, day="2025-11-05")
    assert {finding.kind for finding in told} == {"date-contradiction"}


@pytest.mark.parametrize(
    ("passage", "event", "language"),
    [
        ("[5 Kasım Çarşamba günü](TIME m1) polis üç kişiyi {gözaltına aldı}(COERCE e1).", "time=m1", "tr"),
        ("He {met}(CONSULT e1) them on [Monday, November 3](TIME m1).", "time=m1", "en"),
        ("[29 Şubat](TIME m1)'ta {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[Mayıs 68](TIME m1)'de {yürüdüler}(PROTEST e1).", "time=m1", "tr"),
        ("They {met}(CONSULT e1) on [10/31/2025](TIME m1).", "time=m1", "en"),
        ("[6 Kasım 2025](TIME m1) [Perşembe günü](TIME m2) {görüştüler}(CONSULT e1).", "time=m1,m2", "tr"),
        ("[Dün](TIME m1), [4 Kasım Salı günü](TIME m2), {görüştüler}(CONSULT e1).", "time=m1,m2", "tr"),
        # Written on the day before its publication.
        ("[Dün](TIME m1), [3 Kasım Pazartesi günü](TIME m2), {görüştüler}(CONSULT e1).", "time=m1,m2", "tr"),
        # A list, and from one day until another.
        ("[Dün](TIME m1), [pazar](TIME m2) ve [cuma](TIME m3) günleri {görüştüler}(CONSULT e1).", "time=m1", "tr"),
        ("[3 Kasım'dan](TIME m1) [cumaya kadar](TIME m2) {görüştüler}(CONSULT e1).", "time=m1,m2", "tr"),
        # Of the year that is told.
        ("[2019](TIME m1)'da [5 Kasım Salı günü](TIME m2) {görüştüler}(CONSULT e1).", "time=m2", "tr"),
    ],
)
def test_days_that_can_be(passage, event, language):
    role = f"e1: {event} status=actual context=diplomatic"
    assert not found(passage, role, language=language, day="2025-11-05")


def test_nobody_acts_after_death():
    told = found("[Hamas lideri İsmail Heniyye](PER m1) {kınadı}(ACCUSE e1).",
                 "e1: actor=m1 status=actual context=diplomatic")  # fmt: skip
    assert "after-death" in {finding.kind for finding in told}
    assert not found("[İsmail Heniyye](PER m1) {kınadı}(ACCUSE e1).",
                     "e1: actor=m1 status=historical context=diplomatic")  # fmt: skip


def test_a_short_report_of_an_outlet_needs_neither_source_nor_date_in_its_text():
    assert not found("[Ankara](GPE m1) {kınadı}(ACCUSE e1).", "e1: actor=m1 status=actual context=diplomatic")


def test_every_kind_is_explained():
    text = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []


def test_the_dead_have_namesakes():
    # Ahmed Maher of Egypt's foreign ministry died in 2010; an activist bore his name.
    role = "e1: actor=m1 status=actual context=diplomatic"
    assert not found("[Ahmed Maher](PER m1) {met}(CONSULT e1) them.", role, day="2012-09-03", language="en")
    (finding,) = found("[Jacques Chirac](PER m1) {met}(CONSULT e1) them.", role, day="2023-09-03", language="en")
    assert finding.kind == "after-death"


def test_a_party_s_secretary_is_not_its_leader():
    assert not found("[CHP Genel Sekreteri Gürsel Tekin](PER m1) {konuştu}(CONSULT e1).",
                     "e1: actor=m1 status=actual context=diplomatic", day="2014-02-25")  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "language", "day"),
    [
        ("[Almanya'nın müstakbel Başbakanı Friedrich Merz](PER m1) {konuştu}(CONSULT e1).", "tr", "2025-03-01"),
        ("Almanya'nın müstakbel [Başbakanı Friedrich Merz](PER m1) {konuştu}(CONSULT e1).", "tr", "2025-03-01"),
        ("Dönemin [Başbakanı Bülent Ecevit](PER m1)'i {andı}(CONSULT e1).", "tr", "2025-11-05"),
        ("O tarihte [Dışişleri Bakanı Mevlüt Çavuşoğlu](PER m1) ile {görüştü}(CONSULT e1).", "tr", "2025-11-05"),
        ("O dönemki [MİT Başkanı Hakan Fidan](PER m1) ile {görüştü}(CONSULT e1).", "tr", "2025-11-05"),
        ("[Dört yıl önce](TIME m2) [MİT Başkanı Hakan Fidan](PER m1) ile {görüştü}(CONSULT e1).", "tr", "2025-11-05"),
        ("He {met}(CONSULT e1) then-[US Secretary of State Antony Blinken](PER m1).", "en", "2025-11-05"),
        ("He {met}(CONSULT e1) [German Chancellor Friedrich Merz](PER m1)-designate.", "en", "2025-03-01"),
        ("{التقى}(CONSULT e1) [وزير الخارجية الأمريكي أنتوني بلينكن](PER m1) آنذاك.", "ar", "2025-11-05"),
        ("{التقى}(CONSULT e1) [وزير الخارجية الأمريكي أنتوني بلينكن](PER m1) السابق.", "ar", "2025-11-05"),
        # The leader of a group may be any of its leaders.
        ("[Hamas lideri İsmail Haniye](PER m1) {konuştu}(CONSULT e1).", "tr", "2012-11-20"),
    ],
)
def test_who_held_an_office_once_or_will_is_no_finding(passage, language, day):
    assert not found(passage, "e1: actor=m1 status=actual context=diplomatic", language=language, day=day)


@pytest.mark.parametrize(
    "name",
    [
        "Fransa Cumhurbaşkanı Marine Le Pen",
        "CHP Genel Başkanı Ekrem İmamoğlu",
        "Türkiye Cumhurbaşkanı Kemal Kılıçdaroğlu",
        "Rusya Devlet Başkanı Sergey Lavrov",
        "MİT Başkanı Hulusi Akar",
    ],
)
def test_an_office_of_somebody_else_needs_no_other_term_of_the_day(name):
    role = "e1: actor=m1 status=actual context=diplomatic"
    (finding,) = found(f"[{name}](PER m1) {{konuştu}}(CONSULT e1).", role, day="2025-11-05")
    assert finding.kind == "wrong-office"
    assert not found(f"[Eski {name}](PER m1) {{konuştu}}(CONSULT e1).", role, day="2025-11-05")


def test_who_heads_a_region_may_bear_the_state_s_title():
    assert not found("[Ontario Başbakanı Doug Ford](PER m1) {konuştu}(CONSULT e1).",
                     "e1: actor=m1 status=actual context=diplomatic", day="2025-03-04")  # fmt: skip
