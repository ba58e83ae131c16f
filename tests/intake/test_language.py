from __future__ import annotations

from pathlib import Path

import pytest

from vakanuvis.annotation import passages
from vakanuvis.intake import language

ANNOTATIONS = Path(__file__).parents[2] / "data" / "annotations"


def test_is_right_for_nearly_all_annotated_passages():
    reports = [p.reading.report for f in sorted(ANNOTATIONS.glob("*.ann")) for p in passages(f)[::10] if p.reading]
    assert len(reports) > 300
    wrong = [r.text[:60] for r in reports if language.detect(r.text) not in (r.language, None)]
    silent = [r.text[:60] for r in reports if language.detect(r.text) is None]
    assert len(wrong) <= len(reports) / 200, wrong
    # A headline of names and rare words says nothing of its language; the reading goes on without a warning.
    assert len(silent) <= len(reports) / 50, silent


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Prezident İlham Əliyev Türkiyə prezidenti ilə Bakıda görüşüb və sənədlər imzalayıb.", "az"),
        ("رئیس جمهور ایران با وزیر خارجه ترکیه در تهران دیدار کرد و درباره سوریه گفتگو کردند", "fa"),
        ("Le président français a rencontré mardi à Paris son homologue turc pour parler de la Syrie.", "fr"),
        ("Президент России встретился с президентом Турции в Москве.", "ru"),
        ("Kirazlı köyünde yangın", "tr"),
        ("MİT BAŞKANI KALIN, HAMAS HEYETİYLE BİR ARAYA GELDİ VE ATEŞKES İÇİN ÇAĞRI YAPTI", "tr"),
    ],
)
def test_tells_neighbours_apart(text, code):
    assert language.detect(text) == code


def test_a_turkish_name_makes_no_text_turkish():
    text = "The Erdoğan cabinet met"
    assert language.detect(text) != "tr"


@pytest.mark.parametrize("text", ["", "12.05.2024 %45", "🕊️", "Ok"])
def test_says_nothing_where_it_cannot_tell(text):
    assert language.detect(text) is None


@pytest.mark.parametrize(
    ("tag", "code"), [("tr-TR", "tr"), ("EN_gb", "en"), ("tur", "tr"), ("Turkish", None), ("", None)]
)
def test_tags(tag, code):
    assert language.normalise(tag) == code


def test_the_warning_names_the_language():
    assert "Kurdish" in (language.warning("ku") or "")
    assert language.warning("tr") is None
    assert language.warning(None) is None
