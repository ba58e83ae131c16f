"""Where: the gazetteer behind `places.where` and `places.resolve`."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from vakanuvis.errors import RegisterError
from vakanuvis.records import Event, Identity, Mention, Reading, Report
from vakanuvis.resolution.phrases import key
from vakanuvis.resolution.places import gazetteer as module
from vakanuvis.resolution.places import resolve, where
from vakanuvis.resolution.places.gazetteer import gazetteer
from vakanuvis.resolution.places.sounds import consonants

COUNTRIES = {"TUR", "SYR", "IRQ", "PSE", "LBN", "LBY"}


@pytest.mark.parametrize(
    ("text", "geonames", "name", "country"),
    [
        ("Şam", 170654, "Damascus", "SYR"),
        ("Halep'te", 170063, "Aleppo", "SYR"),
        ("Kudüs", 281184, "Jerusalem", "ISR"),
        ("Selanik", 734077, "Thessaloniki", "GRC"),
        ("Kamışlı", 173377, "Qamishli", "SYR"),
        ("Refah", 281102, "Rafah", "PSE"),
        ("Viyana'da", 2761369, "Vienna", "AUT"),
        ("بالقاهرة", 360630, "Cairo", "EGY"),
        ("دمشق", 170654, "Damascus", "SYR"),
        ("Kiev", 703448, "Kyiv", "UKR"),
        ("Ankara'da", 323786, "Ankara", "TUR"),
    ],
)
def test_names_of_three_languages_lead_to_geonames(text: str, geonames: int, name: str, country: str) -> None:
    place = where(text)
    assert place
    assert (place.geonames, place.name, place.country) == (geonames, name, country)


@pytest.mark.parametrize(
    ("text", "kind", "region", "precision"),
    [
        ("Kiğı ilçesinde", "ADM2", "Bingöl", "district"),
        ("Diyarbakır'ın Kulp ilçesi", "ADM2", "Diyarbakır", "district"),
        ("Kadıköy", "ADM2", "İstanbul", "district"),
        ("Denizli ilinde", "ADM1", "Denizli", "region"),
        ("Hatay", "ADM1", "Hatay", "region"),
        ("Taksim Meydanı'nda", "SQR", "İstanbul", "point"),
        ("İncirlik Üssü", "AIRB", "Adana", "point"),
        ("Habur Sınır Kapısı", "PSTB", "Şırnak", "point"),
        ("Suriye'de", "PCLI", None, "country"),
    ],
)
def test_kind_region_and_precision(text: str, kind: str, region: str | None, precision: str) -> None:
    place = where(text, language="tr")
    assert place
    assert (place.kind, place.region, place.precision) == (kind, region, precision)


@pytest.mark.parametrize("text", ["Doğu Akdeniz", "شرق المتوسط", "Eastern Mediterranean", "Black Sea"])
def test_a_sea_lies_in_no_country(text: str) -> None:
    place = where(text)
    assert place
    assert (place.country, place.precision) == (None, "area")


@pytest.mark.parametrize(
    "text",
    [
        "Türkiye Büyükelçiliği",
        "the Russian embassy",
        "السفارة الإسرائيلية",
        "Reşid Caddesi",
        "ülke genelinde",
        "",
        "?!",
        "xqzzt",
    ],
)
def test_what_names_no_place_has_none(text: str) -> None:
    assert where(text) is None


def test_an_embassy_lies_where_it_is_said_to() -> None:
    for text, name in (
        ("Ankara'daki İsrail Büyükelçiliği", "Ankara"),
        ("Türkiye'nin Stockholm Büyükelçiliği", "Stockholm"),
        ("the Turkish embassy in Stockholm", "Stockholm"),
        ("السفارة التركية في ستوكهولم", "Stockholm"),
    ):
        place = where(text)
        assert place
        assert place.name == name
    assert where("ABD Büyükelçiliği") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Atina'daki Türkiye Büyükelçiliği", "Athens"),
        ("العاصمة السورية دمشق", "Damascus"),
        ("the southern Lebanese town of Khiam", "Khiam"),
        ("Gazze'nin güneyindeki Refah kenti", "Rafah"),
        ("Lübnan'ın Trablus kenti", "Tripoli"),
        ("Cairo's Tahrir Square", "Tahrir Square"),
        ("Fırat'ın doğusunda", "East of the Euphrates"),
    ],
)
def test_of_several_names_the_phrase_is_about_one(text: str, name: str) -> None:
    place = where(text)
    assert place
    assert place.name == name


def test_like_names_are_told_apart_by_what_else_is_spoken_of() -> None:
    def country(context: list[str]) -> str | None:
        place = where("Tripoli", context=context)
        return place.country if place else None

    assert country([]) == "LBY"
    assert country(["Beirut", "Sidon"]) == "LBN"
    assert where("Edremit", language="tr").region == "Balıkesir"  # type: ignore[union-attr]
    assert where("Paris, Texas").region == "Texas"  # type: ignore[union-attr]


def test_another_spelling_counts_only_where_its_country_is_spoken_of() -> None:
    assert where("Kafranbuda", language="tr") is None
    place = where("Meskene", context=["Halep", "Rakka"], language="tr")
    assert place
    assert place.country == "SYR"


def reading(text: str, mentions: list[tuple[str, str]], **roles: tuple[str, ...]) -> Reading:
    found, at = [], 0
    for number, (words, kind) in enumerate(mentions, 1):
        start = text.index(words, at)
        at = start + len(words)
        found.append(Mention(f"m{number}", kind, start, at))
    event = Event("e1", "CONSULT", 0, 1, "actual", **roles)
    return Reading(Report("r", text, published=datetime(2025, 11, 5), language="tr"), tuple(found), (event,))


def test_a_capital_that_acts_is_no_place() -> None:
    text = "Ankara, Moskova'yı İstanbul'daki görüşmede uyardı; Kars sakindi."
    told = reading(
        text,
        [("Ankara", "GPE"), ("Moskova", "GPE"), ("İstanbul", "GPE"), ("Kars", "GPE")],
        actor=("m1",), recipient=("m2",), place=("m3",),
    )  # fmt: skip
    assert {key: place.name for key, place in resolve(told, {}).items()} == {"m3": "Istanbul", "m4": "Kars"}


def test_who_is_struck_may_be_where_it_happened() -> None:
    told = reading(
        "İsrail Gazze'yi vurdu.", [("İsrail", "GPE"), ("Gazze", "GPE")], actor=("m1",), recipient=("m2",), place=("m2",)
    )
    assert list(resolve(told, {})) == ["m2"]


def test_polities_of_the_report_tell_like_names_apart() -> None:
    told = reading(
        "Hizbullah lideri Tripoli'de konuştu.", [("Hizbullah lideri", "PER"), ("Tripoli", "GPE")], place=("m2",)
    )
    alone = resolve(told, {})
    informed = resolve(told, {"m1": Identity("m1", "Hizbullah lideri", polity="LBN")})
    assert (alone["m2"].country, informed["m2"].country) == ("LBY", "LBN")


def test_a_polity_that_only_the_register_knows_is_a_country() -> None:
    told = reading("Heyet komşuda görüştü.", [("komşuda", "GPE")], place=("m1",))
    assert resolve(told, {}) == {}
    found = resolve(told, {"m1": Identity("m1", "komşuda", entity="GRC", polity="GRC", confidence=0.8)})
    assert (found["m1"].country, found["m1"].precision) == ("GRC", "country")


def test_all_provinces_and_districts_of_turkiye_are_there() -> None:
    places = gazetteer()
    spots = [spot for spot in map(places.spot, range(places.count)) if spot.country == "TUR"]
    provinces = {spot.name for spot in spots if spot.kind == "ADM1"}
    districts = [spot for spot in spots if spot.kind == "ADM2"]
    assert (len(provinces), len(districts)) == (81, 973)
    assert {spot.region for spot in districts} == provinces
    assert all(35 < spot.latitude < 43 and 25 < spot.longitude < 45.5 for spot in spots if spot.kind.startswith("ADM"))


def test_names_in_the_table_are_folded_as_they_are_looked_up() -> None:
    places = gazetteer()
    for index in random.Random(1).sample(range(places.count), 500):
        spot = places.spot(index)
        if index in places.renamed or len(key(spot.name)) < 2:
            continue
        assert index in {meaning.spot.index for meaning in places.lookup(key(spot.name))}, spot


def test_consonants_in_the_table_are_those_of_the_code() -> None:
    assert consonants("Cinderes") == consonants("Jindires")
    assert any(meaning.spot.country == "SYR" for meaning in gazetteer().sounding(consonants("Jindires")))


@pytest.mark.parametrize("table", ["places.csv", "exonyms.csv"])
def test_tables_kept_by_hand_hold_what_they_should(table: str) -> None:
    places = gazetteer()
    for line, row in module.table(table):
        assert row["en"] or row["tr"] or row["ar"], f"{table}:{line}: no name"
        if table == "places.csv":
            assert row["precision"] in {"point", "city", "district", "region", "country", "area"}, f"{table}:{line}"
            assert -90 <= float(row["latitude"]) <= 90, f"{table}:{line}"
            assert -180 <= float(row["longitude"]) <= 180, f"{table}:{line}"
            assert not row["country"] or places.country(row["country"]), f"{table}:{line}: unknown country"


def test_a_damaged_gazetteer_names_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "geonames.npz").write_bytes(b"PK\x03\x04 not an archive")
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    gazetteer.cache_clear()
    try:
        with pytest.raises(RegisterError, match=r"geonames\.npz"):
            gazetteer()
    finally:
        gazetteer.cache_clear()


def test_the_package_opens_nothing_but_its_own_files() -> None:
    # In a process of its own, so that nothing is loaded yet: no network, no other file of the project.
    script = "import json; from vakanuvis.resolution.places import where; print(json.dumps(where('Ankara').name))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout) == "Ankara"


@pytest.mark.parametrize(
    ("text", "region", "district"),
    [
        ("Karşıyaka'da", "İzmir", "Karşıyaka"),
        ("Silifke ilçesinde", "Mersin", "Silifke"),
        ("Izmail", "Odeska oblast", "Izmail"),
        ("Odesa bölgesindeki", "Odeska oblast", None),
        ("Bethlehem, West Bank", "West Bank", "Bethlehem"),
        ("خان يونس", "Gaza Strip", "Khan Yunis"),
        ("West Bank", "West Bank", None),
    ],
)
def test_a_place_tells_what_it_lies_in(text: str, region: str, district: str | None) -> None:
    place = where(text)
    assert place is not None
    assert (place.region, place.district) == (region, district)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Turkish capital", "Ankara"),
        ("Suriye'nin başkentinde", "Damascus"),
        ("العاصمة السودانية", "Khartoum"),
        ("başkent Trablus", "Tripoli"),
    ],
)
def test_the_capital_of_a_state(text: str, name: str) -> None:
    place = where(text)
    assert place is not None
    assert place.name == name


def test_the_capital_is_that_of_the_state_spoken_of_before() -> None:
    def capital(text: str, names: list[tuple[str, str]], title: str | None = None, **roles: tuple[str, ...]) -> str:
        told = reading(text, names, place=(f"m{len(names)}",), **roles)
        told = replace(told, report=replace(told.report, title=title))
        place = resolve(told, {}).get(f"m{len(names)}")
        return place.name if place else ""

    assert capital("Başkentte gözaltı.", [("Başkentte", "GPE")]) == "Ankara"
    assert capital("Başkentte gözaltı.", [("Başkentte", "GPE")], "Libya'da çatışma") == "Tripoli"
    assert capital("Halep sakin, başkentte patlama.", [("Halep", "GPE"), ("başkentte", "GPE")]) == "Damascus"
    assert capital("Irak ve Suriye: başkentte zirve.", [("Irak", "GPE"), ("Suriye", "GPE"), ("başkentte", "GPE")]) == ""


def test_who_strikes_is_no_place() -> None:
    state = {"m1": Identity("m1", "İsrail", entity="ISR", polity="ISR", confidence=0.96)}
    for text, found in (
        ("İsrail suikastında öldü.", []),
        ("İsrail hava saldırısında öldü.", []),
        ("ABD'nin İsrail saldırısında öldü.", ["m1"]),
        ("İsrail'deki saldırıda öldü.", ["m1"]),
    ):
        assert list(resolve(reading(text, [("İsrail", "GPE")], place=("m1",)), state)) == found, text
    told = reading("Israeli jets flew.", [("Israeli", "GPE")], place=("m1",))
    assert not resolve(told, {}, adjectives={"m1"})


def test_a_camp_is_not_in_the_state_that_its_people_come_from() -> None:
    assert where("Filistin mülteci kampı", context=["Lübnan"]) is None
    camp = where("Ayn el-Hilve Filistin mülteci kampında")
    assert camp is not None
    assert (camp.country, camp.name) == ("LBN", "Ain al-Hilweh Camp")


@pytest.mark.parametrize("phrase", ["Türkiye-Suriye sınırında", "the Syria-Turkey border", "الحدود اللبنانية السورية"])
def test_the_border_of_two_states_lies_in_neither(phrase):
    assert where(phrase) is None


def test_a_border_of_one_state_with_another_is_its_own():
    assert where("Suriye'nin Türkiye sınırında").country == "SYR"


def test_a_quarter_lies_in_its_town():
    assert where("Gazze'nin Zeytun Mahallesi").country == "PSE"
    assert where("Halep'in Şeyh Maksud Mahallesi").name == "Sheikh Maqsoud"


@pytest.mark.parametrize("phrase", ["Batı", "Köprü", "Sahil"])
def test_a_word_for_a_direction_or_a_bridge_is_no_town(phrase):
    assert where(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Harkiv bölgesine", "Kharkivska oblast"),
        ("the Kursk region", "Kurskaya oblast'"),
        ("Donetsk bölgesinde", "Donetska oblast"),
        ("منطقة خيرسون", "Khersonska oblast"),
        ("Kiev bölgesinde", "Kyivska oblast"),
        ("Cizre bölgesinde", "Cizre"),
        ("Harkiv kentinde", "Kharkiv"),
    ],
)
def test_a_division_called_after_its_seat_is_not_the_town(phrase, name):
    assert where(phrase).name == name


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Rusya, Harkiv bölgesine saldırdı.", "Harkiv", "region"),
        ("Russia struck the Kharkiv region.", "Kharkiv", "region"),
        ("قصف الطيران ريف دمشق.", "دمشق", "region"),
        ("İstanbul bölge mahkemesi karar verdi.", "İstanbul", "city"),
        ("Ankara ilişkileri düzeldi.", "Ankara", "city"),
    ],
)
def test_a_word_for_a_division_next_to_a_mention_counts(text, name, precision):
    place = resolve(reading(text, [(name, "GPE")], place=("m1",)), {})["m1"]
    assert (place.text, place.precision) == (name, precision)
