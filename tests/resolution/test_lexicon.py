from __future__ import annotations

import pytest

from vakanuvis.ontology import ontology
from vakanuvis.resolution.lexicon import lexicon
from vakanuvis.resolution.phrases import arabic_forms, english_stems, tokens, turkish_stems
from vakanuvis.resolution.register.entries import OFFICE_KINDS


def test_the_tables_hold_known_codes_only():
    terms = [term for form in lexicon() for term in lexicon().terms(form)]
    assert {code for term in terms for code in term.sectors} <= set(ontology().sectors)
    assert {term.polity for term in terms} <= {"", *ontology().nonstate}
    titles = {term.name for term in terms if term.kind in ("title", "body")}
    assert titles - set(OFFICE_KINDS) == {"head", "figure"}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("askerlerinin", "asker"),
        ("bakanlığından", "bakanlık"),
        ("göstericilerle", "gösterici"),
        ("suriyeli", "suriye"),
        ("ordusuna", "ordu"),
        ("kuvvetlerinden", "kuvvet"),
        ("çocuğu", "çocuk"),
    ],
)
def test_turkish_inflection_comes_off(word, stem):
    assert stem in turkish_stems(word)


@pytest.mark.parametrize(("word", "wrong"), [("fidan", "fi"), ("erdoğan", "erdoğ"), ("katar", "kat")])
def test_what_is_no_suffix_stays(word, wrong):
    assert wrong not in turkish_stems(word)


def test_suffixes_behind_an_apostrophe_come_off_and_names_with_one_stay():
    assert tokens("BM'nin heyeti")[0].text == "BM"
    assert tokens("Sana'a’daki")[0].text == "Sana'a"
    assert "obrien" in tokens("O'Brien")[0].forms
    assert tokens("Turkey's")[0].genitive


def test_english_plurals_and_arabic_clitics():
    assert {"army", "soldier", "gunman"} <= {s for w in ("armies", "soldiers", "gunmen") for s in english_stems(w)}
    assert "امم" in arabic_forms("للأمم")
    assert "جندي" in arabic_forms("والجنديين")
