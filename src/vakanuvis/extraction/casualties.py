"""The numbers of dead and injured that a report gives for an event, by rules for Turkish, English and Arabic.

A word of death or injury (*öldü*, *killed*, *مقتل*) governs a number on one of its sides: *37 kişi öldü*, *killing at
least 73*, *مقتل 12 شخصا*. Numbers that are joined there add up (*10 asker ile 19 militan*). Without a number, the persons
whom the event strikes are counted where its own trigger is the word (*Lincoln was shot dead*). Each number belongs to
one event: the one that tells the death, else the attack of its clause, of its sentence, or of a sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from vakanuvis.records import Event, Mention
from vakanuvis.words import lower_turkish

Kind = Literal["dead", "injured"]


class _Count(NamedTuple):
    """A number in the text, or a person, or an amount without a number (*dozens*: value None)."""

    start: int
    end: int
    value: int | None
    person: bool = False


class _Anchor(NamedTuple):
    """A word of death or injury. `sides` says where its number is sought first and second; `told` that it is a verb."""

    start: int
    end: int
    kind: Kind
    sides: str
    told: bool




@dataclass(frozen=True)
class _Grammar:
    """How one language tells of numbers and victims. `anchors`: kind, sides (with `+` for verbs), pattern."""

    numbers: dict[str, int]
    vague: re.Pattern[str]
    ones: re.Pattern[str]  # one person, without a number
    joint: re.Pattern[str]  # between two numbers that add up
    things: re.Pattern[str]  # after a number that counts no people
    agents: re.Pattern[str]  # between a number and a word on its right: the number counts others than the victims
    before: re.Pattern[str]  # before a number that counts no victims
    aside: re.Pattern[str]  # between a word and a number on its left: the number counts no victims
    plural: re.Pattern[str]  # in a group of which the number is not told
    denied: re.Pattern[str]  # about a word of death that tells of none
    anchors: re.Pattern[str]
    roles: tuple[tuple[Kind, str, bool], ...]


def _values(table: dict[int, str]) -> dict[str, int]:
    return {word: value for value, words in table.items() for word in words.split()}


def _anchors(*rows: tuple[Kind, str, str]) -> tuple[re.Pattern[str], tuple[tuple[Kind, str, bool], ...]]:
    """One pattern of all words, with a group for each row, and what each group means."""
    pattern = "|".join(f"({row[2]})" for row in rows)
    return re.compile(rf"\b(?:{pattern})\b"), tuple((k, sides.strip("+"), "+" in sides) for k, sides, _ in rows)


_HEADS: Final = r"hayat(?:ını|larını)|yaşam(?:ını|larını)"
_TURKISH_ANCHORS, _TURKISH_ROLES = _anchors(
    ("dead", "R", rf"(?:ölü|can\s+kaybı|şehit|(?:(?:{_HEADS})\s+)?(?:ölen|kaybeden|yitiren|öldürülen)ler\w*|can\s+verenler\w*)(?:nın|nin)?\s+(?:sayısı|bilanço)\w*"),
    ("injured", "R", r"yaral(?:ı|ılar\w*|ananlar\w*)\s+sayısı\w*"),
    ("dead", "LR", r"can\s+kayb\w+|kayıp\s+sayısı\w*"),
    ("dead", "R", rf"ölen|öldürülen|(?:{_HEADS})\s+(?:kaybeden|yitiren)|can\s+veren|şehit\s+(?:olan|edilen|düşen)|katledilen"
                  r"|(?:infaz|idam)\s+edilen"),
    ("dead", "L+", r"öl(?:dü(?!r)|müş|üyor|ürken|erek)\w*|öldür(?:ül)?(?:dü|müş|ür|erek|üyor|üp|en)\w*|şehit\s+(?:ol|düş|ed|et|ver)\w+"
                   rf"|(?:{_HEADS})\s+(?:kayb|yitir)\w+|can\s+ver\w+|etkisiz\s+(?:h[aâ]le|duruma)\s+getir\w+|kurban\s+gitti\w*"
                   r"|katle(?:tti|dildi|tmiş|dilmiş|ttiği|dildiği)\w*|(?:infaz|idam)\s+(?:edil|et)\w+|asıl(?:dı|mış)\w*"
                   r"|suikasta\s+uğra\w+|(?:boğaz|baş)ı(?:nın)?\s+kesil\w+|kurtarılama\w+"),
    ("dead", "L", r"öl(?:mesi|üm(?!\w*\s+oruc))\w*|öldür(?:ül)?me(?:si|ler)\w*|katle\w+|can(?:a|ını|ına)?\s+(?:al|mal\s+ol|kıy)\w+"
                  r"|kurbanı\s+ol\w+|mezar\s+ol\w+|hayattan\s+kopar\w+|ölü(?:ye|nün)?|şehit|cansız\s+beden\w*|ceset|kaybettiği\w*"),
    ("injured", "R", r"yaralanan"),
    ("injured", "L+", r"yaral(?:andı|anmış|anırken|adı|amış|anıp|ayan)\w*"),
    ("injured", "L", r"yaral(?:ı|ıya|ının|anma\w*|ama\w*)|hastanelik\s+\w+|hastaneye\s+kaldırıl\w+"),
)  # fmt: skip
_ENGLISH_ANCHORS, _ENGLISH_ROLES = _anchors(
    ("dead", "R", r"(?:death\s+)?toll|deaths?\s+of|number\s+of\s+(?:dead|deaths|people\s+killed)|dead\s+(?:rose|stood|climbed)\s+to"),
    ("dead", "L+", r"(?:was|were|been|are|is|be|being|got)\s+(?:\w+ly\s+|also\s+|all\s+|later\s+|found\s+)?"
                   r"(?:killed|murdered|slain|slaughtered|massacred|assassinated|executed|hanged|beheaded|lynched|gunned\s+down"
                   r"|shot\s+dead|(?:shot|stabbed|beaten|burned|hacked)(?:\s+\w+)?\s+to\s+death|put\s+to\s+death)"),
    ("injured", "L+", r"(?:was|were|been|are|is|be|being)\s+(?:\w+ly\s+|also\s+|all\s+)?(?:injured|wounded|hurt|maimed)"),
    ("dead", "R", r"killing\s+of|(?:deaths?|lives|bodies|remains)\s+of|(?:the\s+)?dead\s+at"),
    ("dead", "RL+", r"killed|kills?|murdered|slaughtered|massacred|assassinated|executed|hanged|beheaded|lynched|gunned\s+down"
                    r"|shot\s+dead|shot\s+(?:\w+\s+){1,2}dead|put\s+to\s+death|slew|killing"),
    ("dead", "L+", r"died|dies"),
    ("dead", "L", r"dead(?!\s+end)|die|dying|deaths|fatalities|lives|bodies|corpses|martyrs"),
    ("dead", "RL+", r"(?:hacked|stabbed|beat|burned|shot|crushed)\s+(?=(?:\S+\s+){1,4}to\s+death)"),
    ("dead", "R+", r"beheading(?:\s+of)?"),
    ("dead", "R", r"slaughter\s+of|massacre\s+of|execution\s+of|murder\s+of"),
    ("injured", "RL+", r"injured|injur(?:es|ing)|wounded|wounds|wounding|hurt|hurting|maim(?:ed|ing)"),
    ("injured", "L", r"injuries|(?:was|were|been)\s+(?:taken|rushed)\s+to\s+(?:\w+\s+)?hospitals?|hospitali[sz]ed"),
)  # fmt: skip
_PREFIX: Final = "[وف]?"
_ARABIC_ANCHORS, _ARABIC_ROLES = _anchors(
    ("dead", "1+", rf"{_PREFIX}(?:(?:[يت]?قتلت?|أعدمت?|اغتالت?)ه|[تي]ردي[هها]|أردته)"),
    ("dead", "R", r"(?:عدد|حصيلة|أعداد)\s+(?:\w+\s+)?(?:ال)?(?:قتلى|شهداء|ضحايا|وفيات)"),
    ("injured", "R", r"(?:عدد|حصيلة|أعداد)\s+(?:ال)?(?:جرحى|مصابين|إصابات)"),
    ("dead", "RL+", rf"{_PREFIX}(?:قتل(?:ت|وا|ا)?|استشهد(?:ت|وا)?|أعدمت?|أعدموا|اغتالت?|اغتيلت?|لقي|لقيت"
                    r"|ذبح(?:ت|وا)?|مات(?:ت|وا)?|توفيت?|صرع)"),
    ("dead", "R+", rf"{_PREFIX}[بل]?(?:مقتل|استشهاد|وفاة|مصرع)"),
    ("dead", "R", rf"{_PREFIX}[بل]?(?:اغتيال|إعدام|قتل|سقوط)|{_PREFIX}بحياة|{_PREFIX}حصدت?\s+أرواح"),
    ("dead", "L", r"و?(?:قتيلا|قتلى|القتلى|شهيدا|شهداء|حتفهم|مصرعهم|مصرعه)"),
    ("dead", "L1", "و?(?:قتيل|شهيد)"),
    ("dead", "2", "و?(?:قتيل|شهيد)(?:ان|ين)"),
    ("injured", "RL+", rf"{_PREFIX}(?:أصيب(?:ت|وا)?|أصابت?|جرح(?:ت|وا)?|يصب)"),
    ("injured", "R", rf"{_PREFIX}[بل]?(?:إصابة|جرح)"),
    ("injured", "L", r"و?(?:جريحا|جرحى|مصابا|مصابين|مصابون|إصابات)"),
    ("injured", "L1", "و?(?:جريح|مصاب)"),
    ("injured", "2", "و?(?:جريح(?:ان|ين)|مصابان)"),
)  # fmt: skip
# The dual of nouns; in the accusative only of those that have another word for the plural.
_TWO: Final = " ".join(
    stem + end
    for stem, ends in (
        ("شخص جندي طفل ضابط عنصر رجل شاب", ("ان", "ين")),
        ("امرأ فتا طفل", ("تان", "تين")),
        ("مدني شرطي مسلح فلسطيني لبناني سوري إسرائيلي صحفي صحافي مواطن مستوطن", ("ان",)),
    )
    for stem in stem.split()
    for end in ends
)
_ARABIC_HUNDREDS: Final = {
    f"{stem}{hundred}": 100 * value
    for value, stem in zip(range(3, 10), "ثلاث أربع خمس ست سبع ثمان تسع".split(), strict=True)
    for hundred in ("مئة", "مائة")
}

_GRAMMARS: Final = {
    "tr": _Grammar(
        numbers=_values({
            1: "bir biri birini tek", 2: "iki ikisi ikisini", 3: "üç üçü üçünü", 4: "dört dördü", 5: "beş beşi",
            6: "altı altısı", 7: "yedi yedisi", 8: "sekiz sekizi", 9: "dokuz dokuzu", 10: "on", 20: "yirmi", 30: "otuz",
            40: "kırk", 50: "elli", 60: "altmış", 70: "yetmiş", 80: "seksen", 90: "doksan", 12: "düzine", 100: "yüz yüzü yüzden yüze",
            1000: "bin bini binden bine binin",
        }),
        vague=re.compile(r"\b(?:onlarca|yüzlerce|binlerce|milyonlarca|çok\s+sayıda|birçok|bazı|birkaç|(?:on|yüz)\s+binlerce)\b"),
        ones=re.compile(r"(?!)"),
        joint=re.compile(r"\s*(?:\S+\s+){0,3}?(?:\S+(?:yle|yla|le|la)\s+birlikte|ve|ile)\s+(?:en\s+az\s+|yaklaşık\s+|\w+[dt][ae]n\s+)?"),
        things=re.compile(
            r"(?:['’]\w+|\.)?[-\s]*(?:yaşınd|yaşlar|yıl|gün|ay\b|ayl|ayd|hafta|saat|dakika|kilometre|metre|km|kez|defa|milyon|milyar|dolar|lira|avro"
            r"|kent|il\b|ilde|ilçe|köy\b|köyd|ülke|nokta|hedef|uçağ|uçak|araç|ev\b|evi|füze|roket|saldır|patlama|bomba|kurşun|mermi|üs\b"
            r"|çocuğunu|top\b|kat\b|katlı|sandal|tekne|gemi|yüz\b)"
        ),
        agents=re.compile(r"\btarafından\b|\w+(?:ca|ce|larca|lerce)\s*$|^\s+(?!kişi|sivil|asker|polis)(?:\w+\s)?\w+s[ıiuü]nd[ae]\b"),
        before=re.compile(r"(?:yüzde|%|saat|madde|yaşı|no|bu|her|o)\s*$"),
        aside=re.compile(r"(?!)"),
        denied=re.compile(r"\s*(?:olmad|olmaks|yok|yaşanmad|girişim|teşebbüs|tehdi|tehlike|olasılığ|ihtimal|riski)"),
        plural=re.compile(r"l[ae]r|halk|siviller|polis$|asker$|kalabalı|grup|gruba|kişi|aile|heyet|güç|kuvvet|ekip|\bve\b"),
        anchors=_TURKISH_ANCHORS,
        roles=_TURKISH_ROLES,
    ),
    "en": _Grammar(
        numbers=_values({
            1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
            11: "eleven", 12: "twelve dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
            17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
            60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand",
        }),
        vague=re.compile(r"\b(?:dozens|scores|hundreds|thousands|tens|several|many|some\s+of|few)\b"),
        ones=re.compile(
            r"\b(?:an?|another)\s+(?:[\w-]+\s+){0,3}?(?:\w*m[ae]n|woman|boy|girl|child|teenager|person|soldier|civilian|officer"
            r"|journalist|reporter|protester|demonstrator|student|worker|fighter|militant|guard|commander|general|diplomat"
            r"|priest|teacher|driver|pilot|doctor|nurse|settler|resident|citizen|peacekeeper|marine|sailor|activist|leader)\b"
        ),
        joint=re.compile(r"\s*(?:\S+\s+){0,4}?(?:and|with|along\s+with|together\s+with)\s+(?:at\s+least\s+|about\s+|some\s+)?"),
        things=re.compile(
            r"\s*-?\s*(?:\w+\s+)?(?:years?|days?|hours?|months?|weeks?|minutes?|kilomet|km|miles?|times?|percent|%|million|billion"
            r"|dollars?|euros?|cities|towns|villages|provinces|countries|targets|missiles?|rockets?|drones?|aircraft|planes?"
            r"|vehicles|homes|houses|attacks?|strikes?|blasts?|bombings?|explosions?|shots|ships|of\s+(?:them|whom|those))\b"
            r"|(?:st|nd|rd|th)\b|-year|,\s+(?:\d{4}|and\s+his)"
        ),
        agents=re.compile(r"\bby\b"),
        before=re.compile(r"(?:\b(?:aged|age|no\.|number|including|among\s+them|(?:members|part|parts|one)\s+of)|[$€£])\s*$"),
        aside=re.compile(r"\b(?:in|on|within|after|during|since|from|for|by|near|until|between|every|of\s+the)\s*$|\b(?:unless|if|until)\b"),
        denied=re.compile(r"(?:\b(?:not|no\s+one|nobody|never|would|could|may|might|will|if|to)(?:\s+(?:be|have|been))*|threat\w*)\s*$"),
        plural=re.compile(r"s$|s\b|people|police|[mr]en\b|troops|crowd|group|family|staff|crew|force|and\b|public|mob|dead"),
        anchors=_ENGLISH_ANCHORS,
        roles=_ENGLISH_ROLES,
    ),
    "ar": _Grammar(
        numbers=_values({
            1: "واحد واحدة", 2: f"اثنين اثنان اثنتين اثنتان {_TWO}", 3: "ثلاثة ثلاث", 4: "أربعة أربع",
            5: "خمسة خمس", 6: "ستة ست", 7: "سبعة سبع", 8: "ثمانية ثماني", 9: "تسعة تسع", 10: "عشرة عشر",
            20: "عشرين عشرون", 30: "ثلاثين ثلاثون", 40: "أربعين أربعون", 50: "خمسين خمسون", 60: "ستين ستون",
            70: "سبعين سبعون", 80: "ثمانين ثمانون", 90: "تسعين تسعون", 100: "مئة مائة", 200: "مئتين مئتي مئتا مائتين مائتي",
            1000: "ألف ألفا آلاف", 2000: "ألفين ألفي",
        }) | _ARABIC_HUNDREDS,
        vague=re.compile(r"\b(?:عشرات|مئات|(?<!\d\s)(?<!ة\s)آلاف|العشرات|المئات|عدد\s+من|عدة)\b"),
        ones=re.compile(
            r"(?:\b|(?<=\bو))(?:شخص|جندي|مدني|طفلة?|امرأة|رجل|شاب|فتاة|ضابط|شرطي|عنصر|مسلح|فلسطيني|لبناني|صحفي|صحافي|مواطن|مستوطن)\b"
        ),
        joint=re.compile(r"\s*(?:\S+\s+){0,3}?(?:و|مع\s)(?:\S+\s+)?"),
        things=re.compile(r"\s*(?:عام|سنة|سنوات|يوم|أيام|ساع|شهر|أشهر|كيلومتر|كلم|مليون|مليار|دولار|صاروخ|غار|طائر|مدينة|مدن\b|قري|مرات|دقيق)"),
        agents=re.compile(r"\bعلى\s+يد\b"),
        before=re.compile(r"(?:عام|الساعة|بينهم|بينهما|عن\s+عمر)\s*$"),
        aside=re.compile(r"(?:في|منذ|خلال|بعد|قبل|بنحو)\s*$"),
        denied=re.compile(r"(?:لم|لن|لا|دون|محاولة)\s*$"),
        plural=re.compile(r""),
        anchors=_ARABIC_ANCHORS,
        roles=_ARABIC_ROLES,
    ),
}  # fmt: skip
_TYPES: Final = {"ASSAULT": 0, "PROTEST": 100}  # and how far off they count, in characters
_REACH: Final = 70  # characters between a number and its word
# How far off an event counts, in characters: of a sentence before or after, with a word of death of its own, or never;
# one that follows the word in its sentence counts so many times as far.
_SENTENCE, _LATER, _RIVAL, _PART, _NEVER = 150, 350, 300, 150, 600
_AFTER: Final = 2
_TOKEN: Final = re.compile(r"(?<![\d:.,])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\d:.,])\d+(?![\d:]|[.,]\d)|[^\W\d_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?<!000)")
# Full stops within a sentence: after a number or an initial, or before a small letter.
_END: Final = re.compile(r"(?:(?<!\b\w)[.…]|[!?؟\n])[\"”’»)\]]*\s+(?![a-zçğıöşü])|\n")
_BREAK: Final = re.compile(r"[;:؛]")
_NAME: Final = re.compile(r"(?<=[a-zçğıöşü] )bin(?= [A-ZÇĞİÖŞÜ])")  # Usame bin Ladin: no thousand
_MARKS: Final = re.compile("[\u064b-\u0652\u0670\u0640]")  # vowel signs and tatweel
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def count_casualties(text: str, mentions: Sequence[Mention], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with `dead` and `injured` where the report tells the numbers."""
    hurt = [e for e in events if e.type in _TYPES and e.status in ("actual", "historical")]
    if not hurt:
        return tuple(events)
    language = _language(text)
    grammar = _GRAMMARS[language]
    lower = lower_turkish if language == "tr" else str.lower
    named = _NAME.sub("---", text)
    places = [i for i, c in enumerate(named) if not _MARKS.match(c)]
    plain = "".join(small if len(small := lower(named[i])) == 1 else named[i] for i in places).translate(_DIGITS)
    spans = [replace(m, start=bisect_left(places, m.start), end=bisect_left(places, m.end)) for m in mentions]
    hurt = [replace(e, start=bisect_left(places, e.start), end=bisect_left(places, e.end)) for e in hurt]
    ends = [0, *(bisect_left(places, m.end()) for m in _END.finditer(text)), len(plain)]
    counts = _find_counts(plain, spans, grammar)
    values: dict[_Anchor, int | None] = {}
    for anchor in (anchors := _find_anchors(plain, grammar)):
        sentence = bisect_right(ends, anchor.start)
        here = [c for c in counts if bisect_right(ends, c.start) == sentence]
        own = [e for e in hurt if _overlap(e, anchor)]
        values[anchor] = _value(plain, anchor, anchors, here, grammar)
        if own and anchor.told:
            values[anchor] = max(values[anchor] or 0, _struck(own[0], spans, counts))
    told: dict[tuple[str, Kind], int] = {}
    for anchor, value in values.items():
        if value and (event := _event(plain, anchor, hurt, values, ends)):
            told.setdefault((event.id, anchor.kind), value)
    return tuple(
        replace(e, dead=told.get((e.id, "dead"), e.dead), injured=told.get((e.id, "injured"), e.injured)) for e in events
    )


def _overlap(event: Event, anchor: _Anchor) -> bool:
    return event.start < anchor.end and anchor.start < event.end


def _language(text: str) -> str:
    if re.search(r"[\u0621-\u064a]{2}", text):
        return "ar"
    english = len(re.findall(r"\b(?:the|of|and|was|were|by|an?|in|on|to)\b", text, re.IGNORECASE))
    return "tr" if len(re.findall("[çğıöşü]", text)) > 3 * english else "en"


def _find_anchors(plain: str, grammar: _Grammar) -> list[_Anchor]:
    anchors = []
    for match in grammar.anchors.finditer(plain):
        kind, sides, told = grammar.roles[(match.lastindex or 1) - 1]
        after, before = plain[match.end() : match.end() + 15], plain[max(0, match.start() - 25) : match.start()]
        denied = grammar.denied.match(after) if grammar is _GRAMMARS["tr"] else grammar.denied.search(before)
        if not denied:
            anchors.append(_Anchor(match.start(), match.end(), kind, sides, told))
    return anchors


def _find_counts(plain: str, mentions: Sequence[Mention], grammar: _Grammar) -> list[_Count]:
    """The numbers that may count people, the amounts without a number, and the persons named, by place."""
    names = [m for m in mentions if m.type in ("PER", "TIME", "LOC")]
    vague = [_Count(m.start(), m.end(), None) for m in grammar.vague.finditer(plain)]
    numbers = [
        c for c in _numbers(plain, grammar)
        if not any(m.start <= c.start < m.end for m in (*names, *vague))
        and not grammar.things.match(plain, c.end)
        and not grammar.before.search(plain[max(0, c.start - 20) : c.start])
    ]  # fmt: skip
    ones = [
        _Count(m.start(), m.end(), 1) for m in grammar.ones.finditer(plain)
        if not any(0 <= m.start() - c.end <= 2 for c in numbers)
        and not any(m.start() < c.end and c.start < m.end() for c in (*names, *numbers))
    ]  # fmt: skip
    numbers += ones
    taken = {c.start for c in (*vague, *numbers)}
    persons = [
        _Count(m.start, m.end, 1, True) for m in mentions
        if m.type == "PER"
        or (m.type == "GRP" and not taken & set(range(m.start, m.end)) and not grammar.plural.search(plain[m.start : m.end]))
    ]  # fmt: skip
    return sorted((*numbers, *vague, *persons), key=lambda c: c.start)


def _numbers(plain: str, grammar: _Grammar) -> Iterator[_Count]:
    """Numbers in digits and words; those that stand together are one: *2 bin 500*, *twenty-five*, *خمسة وعشرين*."""
    open_: _Count | None = None
    for token in _TOKEN.finditer(plain):
        word = token[0]
        joined = open_ is not None and plain[open_.end : token.start()] in (" ", "-", " and ", " و")
        if word not in grammar.numbers and word.startswith("و") and word[1:] in grammar.numbers:
            word = word[1:]
        value = int(re.sub(r"[.,]", "", word)) if word[0].isdigit() else grammar.numbers.get(word)
        if value is not None and open_ is not None and joined and open_.value:
            if value in (12, 100, 1000) and open_.value < value:
                open_ = _Count(open_.start, token.end(), open_.value * value)
                continue
            if value < _magnitude(open_.value) or (word != token[0] and open_.value < 10 <= value < 100):
                open_ = _Count(open_.start, token.end(), open_.value + value)
                continue
        if open_ is not None:
            yield open_
        open_ = None if value is None or _YEAR.fullmatch(word) else _Count(token.end() - len(word), token.end(), value)
    if open_ is not None:
        yield open_


def _magnitude(value: int) -> int:
    """The greatest power of ten that divides a number."""
    power = 1
    while value % (power * 10) == 0:
        power *= 10
    return power


def _value(plain: str, anchor: _Anchor, anchors: list[_Anchor], counts: list[_Count], grammar: _Grammar) -> int | None:
    """The number that a word of death or injury governs in its sentence, the joined ones added."""
    for side in anchor.sides:
        if side.isdigit():
            return int(side)
        left = side == "L"
        beside = [c for c in counts if (c.end <= anchor.start if left else c.start >= anchor.end)]
        for count in reversed(beside) if left else beside:
            low, high = (count.end, anchor.start) if left else (anchor.end, count.start)
            gap = plain[low:high]
            if len(gap) > _REACH or _BREAK.search(gap) or any(low <= a.start < high for a in anchors):
                break
            if count.person and not anchor.told:
                return None
            if (grammar.agents if left else grammar.aside).search(gap):
                continue
            if not left and _led(plain, count, anchors):
                break
            return count.value and _sum(plain, count, beside, left, anchors, grammar)
    return None


def _led(plain: str, count: _Count, anchors: list[_Anchor]) -> bool:
    """Whether a number has its own word right behind it (*20 wounded*)."""
    return any(0 <= a.start - count.end <= 2 and plain[a.start] not in "وف" for a in anchors)


def _sum(plain: str, count: _Count, beside: list[_Count], left: bool, anchors: list[_Anchor], grammar: _Grammar) -> int:
    """A number with those that are joined to it on the far side."""
    total = count.value or 0
    far = [c for c in beside if (c.end <= count.start if left else c.start >= count.end)]
    for other in reversed(far) if left else far:
        low, high = (other.end, count.start) if left else (count.end, other.start)
        told = any(low <= a.start < high for a in anchors) or (not left and _led(plain, other, anchors))
        if not other.value or told or not grammar.joint.fullmatch(plain, low, high):
            break
        total, count = total + other.value, other
    return total


def _event(
    plain: str, anchor: _Anchor, events: list[Event], values: dict[_Anchor, int | None], ends: list[int]
) -> Event | None:
    """The event that a number told at a word of death belongs to."""

    def distance(event: Event) -> float:
        if _overlap(event, anchor):
            return -1
        rival = [a for a in values if a.kind == anchor.kind and a.told and _overlap(event, a)]
        if any(values[a] for a in rival):
            return _NEVER
        far = _TYPES[event.type] + _RIVAL * len(rival)
        apart = bisect_right(ends, anchor.start) - bisect_right(ends, event.start)
        if apart:
            return far + (_SENTENCE * apart if apart > 0 else -_LATER * apart) + event.start / 1000
        between = plain[min(anchor.end, event.end) : max(anchor.start, event.start)]
        late = event.start > anchor.start
        parted = _BREAK.search(between) or (late and re.search("[,،]", between))
        return far + len(between) * (_AFTER if late else 1) + (_PART if parted else 0)

    near = min(events, key=distance)
    return near if distance(near) < _NEVER else None


def _struck(event: Event, mentions: Sequence[Mention], counts: list[_Count]) -> int:
    """How many an event strikes by its recipients: persons, and groups with a number; 0 where one has none."""
    total = 0
    for mention in mentions:
        if mention.id in event.recipient:
            inside = [c.value for c in counts if mention.start <= c.start < mention.end]
            if mention.type not in ("PER", "GRP") or not inside or inside[0] is None:
                return 0
            total += inside[0]
    return total
