"""When: time expressions behind `times.when` and `times.resolve`."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakanuvis.records import Event, Mention, Reading, Report
from vakanuvis.resolution import times
from vakanuvis.resolution.times import when

# A Wednesday.
PUBLISHED = date(2025, 11, 5)


def days(text: str, published: date = PUBLISHED, language: str | None = None) -> str | None:
    found = when(text, published, language=language)
    if found is None:
        return None
    return str(found.start) if found.start == found.end else f"{found.start}..{found.end}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dün", "2025-11-04"),
        ("Muharrem 1447", "2025-06-26..2025-07-25"),
        ("Anneler Günü'nde", "2025-05-11"),
        ("iki yıl boyunca", None),
        ("geçen çeyrekte", "2025-07-01..2025-09-30"),
        ("ikinci çeyrekte", "2025-04-01..2025-06-30"),
        ("yılın ilk dokuz ayında", "2025-01-01..2025-09-30"),
        ("iki gün önceki", "2025-11-03"),
        ("4 Kasım'ı 5 Kasım'a bağlayan gece", "2025-11-04..2025-11-05"),
        ("1, 2 ve 3 Kasım", "2025-11-01..2025-11-03"),
        ("Ocak-Eylül döneminde", "2025-01-01..2025-09-30"),
        ("6 Şubat depremlerinde", "2023-02-06"),
        ("11 Eylül saldırıları", "2001-09-11"),
        ("6 Şubat'ta", "2026-02-06"),
        ("3.11.25", "2025-11-03"),
        ("31.12.99", "1999-12-31"),
        ("2025/11/03", "2025-11-03"),
        ("bu sabah", "2025-11-05"),
        ("dün gece", "2025-11-04"),
        ("önceki gün", "2025-11-03"),
        ("evvelki gece", "2025-11-03"),
        ("10 Ekim'den 5 Kasım'a kadar", "2025-10-10..2025-11-05"),
        ("2003'ten 2007'ye kadar", "2003-01-01..2007-12-31"),
        ("Ocak'tan Eylül'e kadar", "2025-01-01..2025-09-30"),
        ("salı günü", "2025-11-04"),
        ("çarşamba günü", "2025-11-05"),
        ("geçen hafta salı", "2025-10-28"),
        ("önümüzdeki salı günü", "2025-11-11"),
        ("haftaya salı", "2025-11-11"),
        ("geçen hafta", "2025-10-27..2025-11-02"),
        ("5 Kasım'da", "2025-11-05"),
        ("29 Ekim 1923'te", "1923-10-29"),
        ("3-5 Mayıs tarihleri arasında", "2026-05-03..2026-05-05"),
        ("önümüzdeki ay", "2025-12-01..2025-12-31"),
        ("geçen yılın kasım ayında", "2024-11-01..2024-11-30"),
        ("ayın 15'inde", "2025-11-15"),
        ("1974'te", "1974-01-01..1974-12-31"),
        ("1980'lerde", "1980-01-01..1989-12-31"),
        ("90'lı yıllarda", "1990-01-01..1999-12-31"),
        ("üç gün sonra", "2025-11-08"),
        ("on sekiz gündür", "2025-10-18..2025-11-05"),
        ("iki yıl önce", "2023-01-01..2023-12-31"),
        ("48 saat içinde", "2025-11-05..2025-11-07"),
        ("2011'den beri", "2011-01-01..2025-11-05"),
        ("yıl sonuna kadar", "2025-11-05..2025-12-31"),
        ("ekim ayının sonunda", "2025-10-21..2025-10-31"),
        ("2023 Ramazan Bayramı'nda", "2023-04-21..2023-04-23"),
        ("yılbaşında", "2026-01-01"),
        ("geçen yaz", "2025-06-01..2025-08-31"),
    ],
)
def test_turkish(text: str, expected: str | None) -> None:
    assert days(text, language="tr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", "2025-11-04"),
        ("Tuesday", "2025-11-04"),
        ("last Friday night", "2025-10-31"),
        ("Thursday next week", "2025-11-13"),
        ("Nov. 5, 2025", "2025-11-05"),
        ("the 5th of November", "2025-11-05"),
        ("between May 3 and May 5", "2026-05-03..2026-05-05"),
        ("from 2015 to 2018", "2015-01-01..2018-12-31"),
        ("twenty-five days ago", "2025-10-11"),
        ("a week ago", "2025-10-27..2025-11-02"),
        ("in three days", "2025-11-08"),
        ("earlier this month", "2025-11-01..2025-11-05"),
        ("mid-March", "2026-03-11..2026-03-20"),
        ("the 19th century", "1801-01-01..1900-12-31"),
        ("Good Friday", "2026-04-03"),
        ("New Year's Eve", "2025-12-31"),
        ("since 2011", "2011-01-01..2025-11-05"),
        ("until Friday", "2025-11-05..2025-11-07"),
        ("May", "2025-05-01..2025-05-31"),
        ("3 p.m. Monday", "2025-11-03"),
        ("July last year", "2024-07-01..2024-07-31"),
        ("a week ago Friday", "2025-10-24"),
        ("the second Tuesday of November", "2025-11-11"),
        ("the third quarter", "2025-07-01..2025-09-30"),
        ("for nearly two years", "2023-11-05..2025-11-05"),
        ("over the coming weekend", "2025-11-08..2025-11-09"),
        ("within weeks", "2025-11-05..2025-12-10"),
        ("since December 7", "2024-12-07..2025-11-05"),
        ("on the eve of Eid al-Adha", "2025-06-05"),
        ("Black Friday", "2025-11-28"),
        ("Labor Day", "2025-09-01"),
        ("Labour Day", "2026-05-01"),
        ("the last decade", "2015-11-05..2025-11-05"),
        ("last quarter", "2025-07-01..2025-09-30"),
        ("the last quarter of 2024", "2024-10-01..2024-12-31"),
        ("the first nine months of 2024", "2024-01-01..2024-09-30"),
        ("this past weekend", "2025-11-01..2025-11-02"),
        ("the October 7 attacks", "2023-10-07"),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert days(text, language="en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أمس", "2025-11-04"),
        ("أول أمس", "2025-11-03"),
        ("مساء يوم أمس", "2025-11-04"),
        ("يوم الجمعة", "2025-10-31"),
        ("الخميس المقبل", "2025-11-06"),
        ("الأسبوع الماضي", "2025-10-27..2025-11-02"),
        ("قبل ثلاثة أيام", "2025-11-02"),
        ("قبل أسبوعين", "2025-10-20..2025-10-26"),
        ("منذ عامين", "2023-11-05..2025-11-05"),
        ("٥ نوفمبر ٢٠٢٥", "2025-11-05"),
        ("السابع من أكتوبر/تشرين الأول 2023", "2023-10-07"),
        ("تشرين الأول 2023", "2023-10-01..2023-10-31"),
        ("منذ عام 2011", "2011-01-01..2025-11-05"),
        ("في التسعينيات", "1990-01-01..1999-12-31"),
        ("بين عامي 2015 و2018", "2015-01-01..2018-12-31"),
        ("أواخر الشهر", "2025-11-21..2025-11-30"),
        ("أول أيام عيد الفطر", "2026-03-20"),
        ("خلال أسابيع", "2025-11-05..2025-12-10"),
        ("15 رمضان 1446", "2025-03-15"),
        ("الربع الماضي", "2025-07-01..2025-09-30"),
    ],
)
def test_arabic(text: str, expected: str) -> None:
    assert days(text, language="ar") == expected


@pytest.mark.parametrize(
    "text", ["", "?!", "her gün", "sık sık", "iki gün", "every year", "31 Haziran", "كل عام", "99.99.2025"]
)
def test_what_tells_no_days_is_unknown(text: str) -> None:
    assert when(text, PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("çeyrek asır önce", "2000-01-01..2000-12-31"),
        ("yarım asır önce", "1975-01-01..1975-12-31"),
        ("yarım yüzyıl önce", "1975-01-01..1975-12-31"),
        ("bir buçuk asır önce", "1875-01-01..1875-12-31"),
        ("iki buçuk yıl önce", "2023-05-01..2023-05-31"),
        ("çeyrek asırdır", "2000-11-05..2025-11-05"),
        ("yarım saat önce", "2025-11-05"),
        ("a quarter of a century ago", "2000-01-01..2000-12-31"),
        ("a quarter-century ago", "2000-01-01..2000-12-31"),
        ("half a century ago", "1975-01-01..1975-12-31"),
        ("three quarters of a century ago", "1950-01-01..1950-12-31"),
        ("a year and a half ago", "2024-05-01..2024-05-31"),
        ("قبل ربع قرن", "2000-01-01..2000-12-31"),
        ("قبل نصف قرن", "1975-01-01..1975-12-31"),
        ("قبل عامين ونصف", "2023-05-01..2023-05-31"),
        ("قبل قرن ونصف القرن", "1875-01-01..1875-12-31"),
    ],
)
def test_fractions_of_units(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "üç yıl aradan sonra",
        "on yıllık aradan sonra",
        "on yıllık bir aranın ardından",
        "after a three-year break",
        "after a hiatus of three years",
        "بعد انقطاع دام ثلاث سنوات",
        "بعد ثلاث سنوات من القطيعة",
    ],
)
def test_how_long_a_break_was_tells_no_days(text: str) -> None:
    assert when(text, PUBLISHED) is None


def test_a_break_that_is_a_feast_s_does() -> None:
    assert days("during the Christmas break") == "2025-12-25"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 Kasım Perşembe günü", "2025-11-05"),
        ("3 Kasım Salı", "2025-11-03"),
        ("Tuesday, November 3", "2025-11-03"),
        ("الثلاثاء 3 نوفمبر", "2025-11-03"),
        ("Dün, 4 Kasım Salı günü", "2025-11-04"),
    ],
)
def test_a_wrong_weekday_does_not_move_a_near_date_by_a_year(text: str, expected: str) -> None:
    assert days(text) == expected


def test_the_language_is_guessed_where_it_is_not_given() -> None:
    assert days("üç gün önce") == days("three days ago") == days("قبل ثلاثة أيام") == "2025-11-02"


def test_a_weekday_with_a_date_tells_the_year() -> None:
    # 31 August was a Wednesday in 2022, two years before.
    assert days("31 Ağustos Çarşamba", date(2023, 3, 1)) == "2022-08-31"


def test_vague_words_give_a_span_around_their_days() -> None:
    found = when("geçtiğimiz günlerde", PUBLISHED)
    assert found
    assert found.precision == "span"
    assert found.start < found.end <= PUBLISHED
    assert found.confidence < when("dün", PUBLISHED).confidence  # type: ignore[union-attr]


def reading(
    text: str, words: list[str], status: str = "actual", published: datetime | None = datetime(2025, 11, 5)
) -> Reading:
    mentions, at = [], 0
    for number, word in enumerate(words, 1):
        start = text.index(word, at)
        at = start + len(word)
        mentions.append(Mention(f"m{number}", "TIME", start, at))
    event = Event("e1", "CONSULT", 0, 1, status, time=tuple(mention.id for mention in mentions))
    return Reading(Report("r", text, published=published, language="tr"), tuple(mentions), (event,))


@pytest.mark.parametrize(("status", "expected"), [("actual", date(2025, 10, 31)), ("future", date(2025, 11, 7))])
def test_what_is_yet_to_come_looks_ahead(status: str, expected: date) -> None:
    assert times.resolve(reading("Cuma günü görüşürler.", ["Cuma günü"], status))["m1"].start == expected


def test_the_next_day_counts_from_the_day_told_before() -> None:
    found = times.resolve(reading("12 Ekim'de görüştüler, ertesi gün döndüler.", ["12 Ekim", "ertesi gün"]))
    assert found["m2"].start == date(2025, 10, 13)


def test_what_happened_some_days_later_counts_from_the_day_told_before() -> None:
    found = times.resolve(reading("12 Ekim'de görüştüler, üç gün sonra döndüler.", ["12 Ekim", "üç gün sonra"]))
    assert found["m2"].start == date(2025, 10, 15)
    assert not times.resolve(reading("Üç yıl sonra ilk kez görüştüler.", ["Üç yıl sonra"]))


def test_without_a_day_of_publication_only_full_dates_are_told() -> None:
    found = times.resolve(
        reading("Dün, 5 Kasım'da ve 12 Eylül 1980'de", ["Dün", "5 Kasım", "12 Eylül 1980"], published=None)
    )
    assert {key: value.start for key, value in found.items()} == {"m3": date(1980, 9, 12)}


def test_the_day_of_publication_says_that_it_stands_in() -> None:
    stand_in = times.publication(PUBLISHED)
    assert (stand_in.start, stand_in.end, stand_in.basis, stand_in.mention) == (PUBLISHED, PUBLISHED, "publication", "")


WORDS = [
    *(
        "geçen",
        "önümüzdeki",
        "bu",
        "son",
        "üç",
        "5",
        "31",
        "2024",
        "kasım",
        "hafta",
        "ay",
        "yıl",
        "gün",
        "önce",
        "sonra",
    ),
    *("salı", "kadar", "bayram", "ve", "-", "last", "next", "of", "in", "two", "weeks", "ago", "since", "the", "month"),
    *("century", "early", "1990s", "يوم", "الماضي", "قبل", "20"),
]
ANY = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@given(ANY, st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_words_on_any_day_give_days_in_order_or_none(text: str, published: date) -> None:
    found = when(text, published)
    assert found is None or (found.start <= found.end and 0 <= found.confidence <= 1)


@given(st.text(max_size=40), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_any_text_is_survived(text: str, published: date) -> None:
    found = when(text, published)
    assert found is None or found.start <= found.end


@given(st.integers(1, 999), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_so_many_days_ago(count: int, published: date) -> None:
    for text in (f"{count} gün önce", f"{count} days ago", f"قبل {count} يوما"):
        found = when(text, published)
        assert found
        assert found.start == found.end == published - timedelta(count)
