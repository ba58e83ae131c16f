"""What kind of office an English title names, and its id: so that one office from two sources is one office."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from io import StringIO

from vakanuvis.words import fold

# What countries of their own words call the ministers of ministers.csv.
_OWN = {
    ("USA", "secretary of state"): "foreign affairs",
    ("USA", "secretary of defence"): "defence",
    ("USA", "secretary of the treasury"): "finance",
    ("USA", "attorney general"): "justice",
    ("GBR", "secretary of state for foreign and commonwealth affairs"): "foreign affairs",
    ("GBR", "foreign secretary"): "foreign affairs",
    ("GBR", "secretary of state for the home department"): "interior",
    ("GBR", "home secretary"): "interior",
    ("GBR", "secretary of state for defence"): "defence",
    ("GBR", "chancellor of the exchequer"): "finance",
    ("GBR", "secretary of state for justice"): "justice",
    ("PHL", "secretary of foreign affairs"): "foreign affairs",
    ("PHL", "secretary of national defence"): "defence",
    ("MEX", "secretary of foreign affairs"): "foreign affairs",
    ("MEX", "secretary of national defence"): "defence",
    ("MEX", "secretary of the interior"): "interior",
}
_SAME = {
    "europe and foreign affairs": "foreign affairs",
    "external affairs": "foreign affairs",
    "external relations": "foreign affairs",
    "foreign relations": "foreign affairs",
    "foreign affairs and international cooperation": "foreign affairs",
    "foreign affairs and cooperation": "foreign affairs",
    "foreign affairs and trade": "foreign affairs",
    "armed forces": "defence",
    "defence and armed forces logistics": "defence",
    "internal affairs": "interior",
    "home affairs": "interior",
    "interior affairs": "interior",
    "interior and municipalities": "interior",
    "interior and for community": "interior",
    "economic affairs and finance": "economy and finance",
    "law and justice": "justice",
    "labor": "labour",
    "labor and social affairs": "labour and social affairs",
}
# Titles that are no minister's: Turkish, Arabic.
_OTHERS = {
    "president": ("Cumhurbaşkanı", "الرئيس"),
    "vice president": ("Cumhurbaşkanı Yardımcısı", "نائب الرئيس"),
    "prime minister": ("Başbakan", "رئيس الوزراء"),
    "deputy prime minister": ("Başbakan Yardımcısı", "نائب رئيس الوزراء"),
    "king": ("Kral", "الملك"),
    "chancellor": ("Başbakan", "المستشار"),
    "governor": ("Vali", "الحاكم"),
    "crown prince": ("Veliaht Prens", "ولي العهد"),
    "supreme leader": ("Dini Lider", "المرشد الأعلى"),
    "national security advisor": ("Ulusal Güvenlik Danışmanı", "مستشار الأمن القومي"),
    "attorney general": ("Başsavcı", "المدعي العام"),
    "prosecutor general": ("Başsavcı", "المدعي العام"),
    "central-bank-governor": ("Merkez Bankası Başkanı", "محافظ البنك المركزي"),
    "speaker": ("Meclis Başkanı", "رئيس البرلمان"),
    "head-of-armed-forces": ("Genelkurmay Başkanı", "رئيس الأركان"),
    "spokesperson": ("Sözcü", "المتحدث"),
}


def slug(text: str) -> str:
    """Letters and digits of a folded text, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text).replace("'", "")).strip("-")


def describe(title: str, polity: str) -> tuple[str, str, str, str]:
    """What an English title is.

    Args:
        title: without the polity's name: "Minister of Health".
        polity: code of the polity whose office it is; some have words of their own.

    Returns:
        The kind, the last part of the office's id, and the Turkish and Arabic titles ("" where unknown).
    """
    lower = title.lower().replace("defense", "defence")
    found = re.fullmatch(r"minister (?:of|for)(?: the)? (.+)", lower)
    portfolio = _OWN.get((polity, lower)) or (_SAME.get(found[1], found[1]) if found else "")
    row = _ministers().get(portfolio)
    if row:
        kind, turkish, arabic = row
    else:
        kind = next((kind for pattern, kind in _kinds() if pattern.search(lower)), "official")
        turkish, arabic = _OTHERS.get(lower, _OTHERS.get(kind, ("", "")))
    # The kinds that are one office under any title are named by their kind, so that sources meet.
    one = (row and kind.endswith("-minister")) or kind == "central-bank-governor"
    return kind, kind if one else slug(title), turkish, arabic


@cache
def _ministers() -> dict[str, tuple[str, str, str]]:
    return {row[0]: (row[1], row[2], row[3]) for row in _rows("ministers.csv")}


@cache
def _kinds() -> list[tuple[re.Pattern[str], str]]:
    """The first pattern that fits says the kind."""
    return [(re.compile(row[0]), row[1]) for row in _rows("kinds.csv")]


def _rows(name: str) -> list[list[str]]:
    folder = files("vakanuvis.resolution.register").joinpath("title_tables")
    return list(csv.reader(StringIO(folder.joinpath(name).read_text(encoding="utf-8"))))[1:]
