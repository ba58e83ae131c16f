"""Words keep the offsets of the text as it was given, whatever characters it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakanuvis.extraction.tokens import split_words

HARD = [
    "\ufeffİsrail'in Gazze’ye saldırısı",
    "Ankara\r\nkınadı.\tMoskova\u00a0sustu",
    "Dış\u00adişleri Ba\u200bkanı",
    "i\u0307stanbul'da görüştu\u0308",
    "📣 Fidan 🇹🇷 Kahire'de!",
    "\u202bالتقى وزير الخارجية\u202c أَمْسِ في أنقرة",
]


def told(text: str) -> list[str]:
    words = split_words(text)
    return [text[a:z] for a, z in zip(words.starts, words.ends, strict=True)]


@pytest.mark.parametrize("text", HARD)
def test_words_cover_every_letter_of_hard_texts(text: str) -> None:
    assert sum(c.isalnum() for c in "".join(told(text))) == sum(c.isalnum() for c in text)


@given(st.text(max_size=200))
def test_words_lie_in_order_within_any_text(text: str) -> None:
    words = split_words(text)
    edges = [edge for pair in zip(words.starts, words.ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(a < z <= len(text) for a, z in zip(words.starts, words.ends, strict=True))
    assert all(form.strip("▁") for form in words.forms)


def test_an_apostrophe_ends_a_word_and_any_kind_of_it_is_read_alike() -> None:
    assert told("İstanbul'da") == ["İstanbul", "'", "da"]
    assert split_words("Gazze’ye").forms == split_words("Gazze'ye").forms


def test_what_cannot_be_seen_does_not_change_the_form() -> None:
    assert split_words("Dış\u00adişleri Ba\u200bkanı").forms == split_words("Dışişleri Bakanı").forms
    assert split_words("i\u0307stanbul").forms == split_words("istanbul").forms
    assert split_words("go\u0308ru\u0308s\u0327tu\u0308").forms == split_words("görüştü").forms


def test_headlines_in_capitals_are_read_in_title_case_by_turkish_rules() -> None:
    assert split_words("MİT BAŞKANI KALIN HAMAS HEYETİYLE GÖRÜŞTÜ").forms == [
        "▁MİT", "▁Başkanı", "▁Kalın", "▁Hamas", "▁Heyetiyle", "▁Görüştü",
    ]  # fmt: skip
    assert split_words("Fidan NATO ile görüştü").forms[1] == "▁NATO"
    assert split_words("KILIÇDAROĞLU İSTANBUL MİLLETVEKİLLERİYLE IĞDIR SINIRINDA").forms[3] == "▁Iğdır"


def test_a_full_stop_within_a_number_or_a_name_ends_no_sentence() -> None:
    assert split_words("Yüzde 3.5 arttı. Bitti").sentences == [0, 0, 0, 0, 0, 0, 1]
