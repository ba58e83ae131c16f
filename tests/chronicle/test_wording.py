import pytest

from vakanuvis.chronicle import wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("saldırı", "saldırısında"),
        ("saldırdı", "SALDIRILAR"),
        ("Ankara", "Ankara'ya"),
        ("Ankarada", "ANKARA"),
        ("İsrail'in", "israil"),
        ("bakanlık", "Bakanlığının"),
        ("kapı", "kapısından"),
        ("heyet", "heyetiyle"),
        ("kınadı", "kınadığını"),
        ("attacks", "attacked"),
        ("meeting", "meetings"),
        ("الوزارة", "وزارة"),
        ("المحادثات", "محادثات"),
    ],
)
def test_inflections_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert wording.stems(one) == wording.stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("Ankara", "Antalya"), ("saldırı", "savunma"), ("meeting", "missile")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert wording.stems(one) != wording.stems(other)


WIRE = (
    "Dışişleri Bakanı Hakan Fidan, Kahire'de Mısırlı mevkidaşı Bedir Abdulati ile buluştu. Görüşmede Gazze'deki "
    "ateşkes ve insani yardım ele alındı. Taraflar temasların süreceğini bildirdi."
)


def _same(one: str, other: str) -> bool:
    return wording.same_text(wording.shingles(one), wording.shingles(other))


def test_a_copy_with_another_lead_is_the_same_text() -> None:
    copy = WIRE.replace("Dışişleri Bakanı Hakan Fidan", "Bakan Fidan") + " (Haber merkezi)"
    assert _same(WIRE, copy)
    assert set(wording.bands(wording.shingles(WIRE))) & set(wording.bands(wording.shingles(copy)))


def test_a_text_taken_whole_into_a_longer_one_is_the_same_text() -> None:
    assert _same(WIRE, WIRE + " " + " ".join(f"Ek paragraf {i} başka şeyler anlatıyor." for i in range(12)))


def test_another_telling_of_the_same_is_another_text() -> None:
    assert not _same(WIRE, "Mısır'ın başkentinde iki ülkenin dışişleri bakanları buluştu; gündem Gazze ateşkesiydi.")


def test_a_text_without_words_is_no_ones_copy() -> None:
    assert not _same("...", "!!!")
    assert wording.bands(wording.shingles("...")) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11 şüpheli", 11),
        ("üç kişi", 3),
        ("two Palestinians", 2),
        ("ثلاثة فلسطينيين", 3),
        ("1.250 göçmen", 1250),
        ("more than 320 people", 320),
        ("yirmi üç asker", 23),
        ("on iki kişi", 12),
        ("twenty-three hostages", 23),
        ("الرهائن العشرين", 20),
        ("ثلاثة وعشرين جنديا", 23),
        ("öğretmenler", None),
        ("one man", None),
    ],
)
def test_a_group_has_the_number_that_its_words_give(text: str, number: int | None) -> None:
    assert wording.figure(text) == number


@pytest.mark.parametrize(("text", "found"), [
    ("tutuklandı", True), ("remanded in custody", True), ("بحبس", True), ("yakalandı", False), ("detained", False),
    ("gözaltına alındı", False), ("اعتقلت", False),
])  # fmt: skip
def test_a_court_order_is_told_from_an_arrest(text: str, found: bool) -> None:
    assert wording.custody(text) is found
