"""Colours, type and words that all charts share."""

from __future__ import annotations

from typing import Any, Literal

Language = Literal["en", "tr"]
Theme = Literal["light", "dark"]
LANGUAGES: tuple[Language, ...] = ("en", "tr")
THEMES: tuple[Theme, ...] = ("light", "dark")

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
# Blues for cooperation, oranges for conflict, the darker for what is material: Okabe and Ito's blue and vermilion
# ("Color Universal Design", 2008), each with a tone that keeps a contrast of 3:1 with the paper it is on.
COLOURS: dict[Theme, tuple[str, str, str, str]] = {
    "light": ("#3f8fc6", "#0a4a78", "#d17a00", "#9e3400"),
    "dark": ("#7cc0ea", "#2f86c4", "#f0b03f", "#e0662a"),
}
_INK: dict[Theme, dict[str, str]] = {
    "light": {"text": "#2a2722", "soft": "#6b655b", "line": "#d9d3c7", "land": "#e9e4d9", "paper": "#fffdf8"},
    "dark": {"text": "#e9e4da", "soft": "#a8a196", "line": "#45413a", "land": "#37332d", "paper": "#1b1916"},
}
_SANS = "Libre Franklin, Helvetica Neue, Arial, sans-serif"
_SERIF = "Newsreader, Georgia, serif"

WORDS: dict[str, dict[Language, str]] = {
    "verbal_cooperation": {"en": "verbal cooperation", "tr": "sözlü iş birliği"},
    "material_cooperation": {"en": "material cooperation", "tr": "fiilî iş birliği"},
    "verbal_conflict": {"en": "verbal conflict", "tr": "sözlü çatışma"},
    "material_conflict": {"en": "material conflict", "tr": "fiilî çatışma"},
    "happenings": {"en": "happenings", "tr": "olaylar"},
    "month": {"en": "month", "tr": "ay"},
    "score": {"en": "mean score", "tr": "ortalama puan"},
    "change": {"en": "a new level begins", "tr": "yeni bir düzey başlıyor"},
    "type": {"en": "type of event", "tr": "olay türü"},
    "place": {"en": "place", "tr": "yer"},
    "actor": {"en": "actor", "tr": "özne"},
    "recipient": {"en": "recipient", "tr": "muhatap"},
    "outlet": {"en": "outlet", "tr": "yayın"},
    "announced": {"en": "announcements", "tr": "duyurular"},
    "fulfilled": {"en": "fulfilled", "tr": "gerçekleşti"},
    "lapsed": {"en": "lapsed", "tr": "süresi geçti"},
    "withdrawn": {"en": "withdrawn", "tr": "geri alındı"},
    "open": {"en": "open", "tr": "açık"},
    "outcome": {"en": "what became of it", "tr": "sonuç"},
    "day": {"en": "published", "tr": "yayın tarihi"},
    "dead": {"en": "dead", "tr": "ölü"},
    "injured": {"en": "injured", "tr": "yaralı"},
    "toll": {"en": "number told", "tr": "bildirilen sayı"},
    "quad": {"en": "quad category", "tr": "dörtlü sınıf"},
    "nothing": {"en": "nothing to draw", "tr": "çizilecek bir şey yok"},
}


def word(key: str, language: Language) -> str:
    """A word of a chart."""
    return WORDS[key][language]


def ink(name: str, theme: Theme) -> str:
    """A colour other than the quad categories': text, soft, line, land or paper."""
    return _INK[theme][name]


def config(theme: Theme) -> dict[str, Any]:
    """Vega-Lite's configuration: quiet axes, no frame."""
    colours = _INK[theme]
    text = {"labelColor": colours["soft"], "titleColor": colours["text"]}
    return {
        "background": colours["paper"],
        "font": _SANS,
        "view": {"stroke": None},
        "axis": {
            **text, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500, "domainColor": colours["line"],
            "tickColor": colours["line"], "gridColor": colours["line"], "gridOpacity": 0.6, "titlePadding": 8,
        },
        "axisX": {"grid": False},
        "legend": {**text, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500, "orient": "top",
                   "symbolType": "square"},
        "title": {"color": colours["text"], "subtitleColor": colours["soft"], "font": _SERIF, "fontSize": 18,
                  "fontWeight": 500, "subtitleFont": _SANS, "subtitleFontSize": 12, "anchor": "start", "offset": 12},
        "text": {"color": colours["text"]},
    }  # fmt: skip
