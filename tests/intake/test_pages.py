from __future__ import annotations

from datetime import datetime

import pytest

from vakanuvis import intake
from vakanuvis.errors import InputError
from vakanuvis.records import Report

BODY = """
<nav><a href="/">Ana sayfa</a> <a href="/spor">Spor</a></nav>
<article>
<p>Dışişleri Bakanı Hakan Fidan, Ankara'da Mısırlı mevkidaşı Bedir Abdulati ile bir araya geldi. Görüşmede ateşkes ele
alındı.</p><p>İki bakan ortak basın toplantısı düzenledi; Fidan, İsrail'in saldırılarını kınadı.</p>
</article>
<aside>En çok okunanlar: <a href="/2">Altın fiyatları</a></aside><footer>© 2026 Örnek</footer>
"""
HEAD = """
<meta charset="{charset}"><title>Fidan görüştü - Örnek Gazetesi</title>
<meta property="og:title" content="Fidan, Ankara'da görüştü"><meta property="og:site_name" content="Örnek Gazetesi">
<meta property="article:published_time" content="2025-01-05T14:30:00+03:00">
<link rel="canonical" href="https://ornek.example/haber/1">
"""


def page(head: str = HEAD, charset: str = "utf-8") -> str:
    return f'<!DOCTYPE html>\n<html lang="tr-TR"><head>{head.format(charset=charset)}</head><body>{BODY}</body></html>'


def read(tmp_path, data: bytes, **defaults: object) -> Report | InputError:
    (tmp_path / "a.html").write_bytes(data)
    (item,) = intake.gather([tmp_path / "a.html"], defaults=intake.Defaults(**defaults))
    return item


def test_the_article_and_its_metadata(tmp_path):
    report = read(tmp_path, page().encode())
    assert isinstance(report, Report)
    assert report.text.startswith("Dışişleri Bakanı Hakan Fidan")
    assert report.text.endswith("kınadı.")
    assert not any(word in report.text for word in ("Spor", "Altın", "©"))
    assert report.title == "Fidan, Ankara'da görüştü"
    assert report.published == datetime(2025, 1, 5)
    assert report.outlet == "Örnek Gazetesi"
    assert report.url == "https://ornek.example/haber/1"
    assert report.language == "tr"


def test_the_headline_over_the_article_is_its_title_and_no_part_of_the_text(tmp_path):
    data = page().replace("<article>", "<article><h1>Fidan, Ankara'da görüştü</h1>").encode()
    report = read(tmp_path, data)
    assert isinstance(report, Report)
    assert report.text.startswith("Dışişleri Bakanı Hakan Fidan")
    assert report.title == "Fidan, Ankara'da görüştü"


def test_json_ld_gives_the_day_and_the_title(tmp_path):
    head = """<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
    "headline": "Bakanlar görüştü", "datePublished": "2024-03-02T08:00:00+03:00"}}</script>"""
    report = read(tmp_path, page(head).encode())
    assert isinstance(report, Report)
    assert report.published == datetime(2024, 3, 2)


def test_the_year_of_a_copyright_line_is_no_date(tmp_path):
    report = read(tmp_path, page("<title>x</title>").encode(), published=datetime(2025, 2, 3))
    assert isinstance(report, Report)
    assert report.published == datetime(2025, 2, 3)


@pytest.mark.parametrize("charset", ["windows-1254", "iso-8859-9", "utf-8"])
def test_the_encoding_that_the_page_declares(tmp_path, charset):
    report = read(tmp_path, page(charset=charset).encode(charset))
    assert isinstance(report, Report)
    assert report.title == "Fidan, Ankara'da görüştü"
    assert "kınadı" in report.text


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"<html><body></body></html>", "no article"), (b"\0" * 500, "binary")]
)
def test_a_page_without_article_is_refused(tmp_path, data, reason):
    error = read(tmp_path, data)
    assert isinstance(error, InputError)
    assert reason in error.reason
