"""What other rooms say in English is Turkish on the Turkish pages."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from passages import reading
from served import ALL
from vakanuvis.atlas import create
from vakanuvis.atlas.i18n import locale
from vakanuvis.atlas.pages.messages import translated
from vakanuvis.intake import Defaults, gather
from vakanuvis.resolution import code
from vakanuvis.resolution.findings import KINDS
from vakanuvis.store import Chronicle

HTML = {"accept": "text/html", "accept-language": "tr"}
TR, EN = locale("tr"), locale("en")
LONG = "Ankara dün yeni bir karar aldı ve bunu kimseye sormadan uyguladı, kent sessizdi. " * 15

# A passage for each finding, with what its claim is in Turkish.
PASSAGES = {
    "no longer": (
        "[MİT Başkanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).", "actor=m1", {},
        "Haberde Hakan Fidan, MİT Başkanı (TUR) olarak geçiyor; oysa 5 Kasım 2025 günü artık bu "
        "görevde değildi.",
    ),
    "somebody else": (
        "[Türkiye İçişleri Bakanı Hakan Fidan](PER m1) {konuştu}(CONSULT e1).", "actor=m1", {"day": "2024-06-01"},
        "Haberde Hakan Fidan, İçişleri Bakanı (TUR) olarak geçiyor; oysa 1 Haziran 2024 günü bu görevde "
        "Ali Yerlikaya vardı.",
    ),
    "nobody": (
        "[MİT Başkanı Hakan Kalın](PER m1) {konuştu}(CONSULT e1).", "actor=m1", {},
        "Haberde Hakan Kalın, MİT Başkanı (TUR) olarak geçiyor; kütük bu görevde Hakan Kalın adında "
        "birini tanımıyor.",
    ),
    "two": (
        "[İsrail Başbakanı Binyamin Netanyahu](PER m1) {gitti}(CONSULT e1). "
        "[İsrail Başbakanı Uri Zilberman](PER m2) döndü.",
        "actor=m1", {"day": "2024-06-01"},
        "Haberde hem Binyamin Netanyahu hem Uri Zilberman, Başbakan (ISR) olarak geçiyor.",
    ),
    "elsewhere": (
        "[Türkiye](GPE m1)'nin [Halep kentinde](GPE m2) {patlama}(ASSAULT e1) oldu.", "place=m2", {},
        "Haberde Halep, Türkiye’de gösteriliyor; oysa Suriye’de bulunuyor.",
    ),
    "ahead": (
        "[Ankara](GPE m1), [12 Aralık 2025](TIME m2)'te {kınadı}(ACCUSE e1).", "actor=m1 time=m2", {},
        "“12 Aralık 2025” geçmiş gibi anlatılıyor; oysa haber 5 Kasım 2025 günü yayımlandı.",
    ),
    "weekday": (
        "[Ankara](GPE m1), [4 Kasım 2025 Cuma](TIME m2) günü {kınadı}(ACCUSE e1).", "actor=m1 time=m2", {},
        "“4 Kasım 2025 Cuma”: 4 Kasım 2025 bir salı günüydü.",
    ),
    "dead": (
        "[Hamas lideri İsmail Heniyye](PER m1) {kınadı}(ACCUSE e1).", "actor=m1", {},
        "Haber, İsmail Heniyye 5 Kasım 2025 günü bir şey yapmış gibi anlatıyor; oysa ölüm tarihi 31 Temmuz 2024.",
    ),
    "neither day nor source": (
        "[Ankara](GPE m1) bunu {kınadı}(ACCUSE e1). " + LONG, "actor=m1", {"day": None},
        "Haberin tarihi yok: ne yayım günü belli ne de metninde bir gün geçiyor.",
    ),
}  # fmt: skip


def findings(name):
    passage, roles, report, claim = PASSAGES[name]
    return code(reading(passage, f"e1: {roles} status=actual context=diplomatic", **report)).findings, claim


@pytest.mark.parametrize("name", PASSAGES)
def test_findings_are_told_in_turkish_with_their_evidence(name):
    found, claim = findings(name)
    assert claim in [translated(finding.claim, TR) for finding in found]
    for finding in found:
        for line in (finding.claim, *finding.evidence):
            assert translated(line, TR), line
            assert translated(line, EN) == line


def test_no_kind_of_finding_is_left_out():
    assert {finding.kind for name in PASSAGES for finding in findings(name)[0]} == set(KINDS)


def test_evidence_names_days_and_office_in_turkish():
    (line,) = {line for f in findings("somebody else")[0] for line in f.evidence if "Yerlikaya" in line}
    assert translated(line, TR).startswith("Ali Yerlikaya, İçişleri Bakanı (TUR): ")
    assert "from" not in translated(line, TR)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/happenings?type=NONE", "Tür: “NONE” diye bir değer yok. Olanlar: "),
        ("/happenings?since=yesterday", "Başlangıç: “yesterday” bir tarih değil; 2023, 2023-05 ya da 2023-05-17"),
        ("/happenings?since=2023-13", "Başlangıç: “2023-13” bir tarih değil; "),
        ("/happenings?nonsense=1", "“nonsense” diye bir süzgeç yok. Olanlar: "),
        ("/happenings?voices=-1", "En az ses: 0 ile 1000000 arasında olmalı; -1 değil."),
        ("/happenings?voices=many", "En az ses: “many” bir tam sayı değil."),
        ("/happenings?confidence=many", "En az güven: “many” bir sayı değil."),
        ("/happenings?confidence=0.1&confidence=0.2", "En az güven: 2 kez verilmiş; bu kadarı olmaz."),
        ("/happenings?text=%2B", "Haberlerden sözler: “+” içinde aranacak bir sözcük yok."),
        ("/happenings?outlet=" + "x" * 501, "Yayın: 1 ile 500 arası karakter yazın."),
        ("/happenings/h0", "Bu kronikte “h0” diye bir olay yok."),
        ("/reports/none", "Bu kronikte “none” diye bir haber yok."),
        ("/actors/nobody", "Ne kütükte ne bu kronikte “nobody” diye biri var."),
        ("/dyads/nobody/TUR", "Bu kronikte “nobody” diye biri yok."),
        ("/nowhere", "Bu adreste bir sayfa yok."),
    ],
)
def test_errors_are_told_in_turkish(client, path, said):
    turkish = client.get(path, headers=HTML).text
    assert said in turkish
    assert 'lang="en"' not in turkish.partition('class="detail"')[2]
    english = client.get(path, headers={**HTML, "accept-language": "en"}).text
    assert said not in english


def test_a_page_that_takes_no_forms_says_so(client):
    answer = client.post("/about", headers=HTML)
    assert answer.status_code == 405
    assert "Buraya böyle bir şey gönderilemez" in answer.text


def test_limits_are_told_in_turkish(chronicle):
    client = TestClient(create(chronicle, replace(ALL, rate=0.001, burst=1, hosts=("testserver",))))
    client.get("/about", headers=HTML)
    assert "saniye sonra yeniden deneyin" in client.get("/about", headers=HTML).text
    assert "Atlas şu adlarla açılır: testserver." in client.get("/", headers={**HTML, "host": "elsewhere"}).text


@pytest.mark.parametrize("data", [b"", b"   ", b"\x00\x01\x02" * 50, b'{"title": "x"}', b'{"text": ', b"<html></html>"])
def test_what_cannot_be_read_is_told_in_turkish(data):
    (fault,) = gather(["-"], defaults=Defaults(), stdin=io.BytesIO(data))
    assert translated(fault.reason, TR), fault.reason


def test_what_has_no_words_in_turkish_says_that_it_is_english(tmp_path):
    chronicle = Chronicle(tmp_path / "gone.duckdb")
    answer = TestClient(create(chronicle, ALL)).get("/happenings", headers=HTML)
    assert answer.status_code == 503
    assert '<span lang="en"' in answer.text


def test_a_path_of_many_letters_is_quoted_as_it_is(client):
    name = "Ğüş, İ'ö"
    assert f"“{name.replace(chr(39), '&#39;')}”" in client.get("/actors/" + quote(name), headers=HTML).text
