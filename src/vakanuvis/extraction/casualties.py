"""The numbers of dead and injured that a report gives for an event, by rules for Turkish, English and Arabic.

A word of death or injury (*öldü*, *killed*, *مقتل*) governs a number on one of its sides: *37 kişi öldü*, *killing at
least 73*, *مقتل 12 شخصا*. Numbers that are joined there add up (*10 asker ile 19 militan*). A person named counts as
one; where the word is an event of its own, those whom the event strikes are counted. Each number belongs to one event:
to the word itself where it is one, else to the attack of its clause, of its sentence, or of a sentence before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeVar

from vakanuvis.records import Event, Mention
from vakanuvis.words import lower_turkish

Kind = Literal["dead", "injured"]


class _Count(NamedTuple):
    """A number in the text, or a person or group without one, or an amount that is no number (*dozens*: value 0)."""

    start: int
    end: int
    value: int
    person: bool = False


class _Word(NamedTuple):
    """A word of death or injury. `sides`: L or R, where its number is sought, in turn; a digit is its own number.

    `verb`: it tells what happened, so that a person beside it counts as one.
    """

    start: int
    end: int
    kind: Kind
    sides: str
    verb: bool


M = TypeVar("M", Mention, Event)
S = TypeVar("S", Event, _Count, _Word)


@dataclass(frozen=True)
class _Grammar:
    """How one language tells of numbers and victims."""

    words: re.Pattern[str]  # of death and injury, a group for each of `roles`
    roles: tuple[tuple[Kind, str, bool], ...]  # kind, sides and verb of a word
    denied: re.Pattern[str]  # around a word of death (whose place is |) that tells of none
    numbers: dict[str, int]
    amounts: re.Pattern[str]  # that are no number
    single: re.Pattern[str]  # one person, without a number
    plural: re.Pattern[str]  # in a group that is not one person
    joint: re.Pattern[str]  # between two numbers that add up
    before: re.Pattern[str]  # right before a number that counts no victims
    after: re.Pattern[str]  # right after a number that counts no people
    left: re.Pattern[str]  # between a number that counts no victims and a word on its right
    right: re.Pattern[str]  # between a word and a number on its right that counts no victims


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern in which a blank is any white space."""
    return re.compile(text.replace(" ", r"\s+"))


def _numbers(table: dict[int, str]) -> dict[str, int]:
    return {word: value for value, words in table.items() for word in words.split()}


def _words(*rows: tuple[Kind, str, str]) -> tuple[re.Pattern[str], tuple[tuple[Kind, str, bool], ...]]:
    """The first two fields of a grammar, from rows of kind, sides (+ for verbs) and pattern; earlier rows go first."""
    pattern = "|".join(f"({row[2]})" for row in rows)
    return _pattern(rf"\b(?:{pattern})\b"), tuple((kind, sides.strip("+"), "+" in sides) for kind, sides, _ in rows)


_NOTHING: Final = re.compile("(?!)")
_LIFE: Final = "(?:hayat|yaşam)(?:ını|larını)"
_TURKISH: Final = _Grammar(
    *_words(
        ("dead", "R", rf"(?:ölü|can kaybı|şehit|(?:{_LIFE} )?(?:ölen|öldürülen|kaybeden|yitiren)ler\w*|can verenler\w*)"
                      r" (?:sayısı|bilanço)\w*"),
        ("injured", "R", r"yaral(?:ı|ılar\w*|ananlar\w*) sayısı\w*"),
        ("dead", "LR", r"can kayb\w+"),
        ("dead", "R", rf"ölen|(?:öldürül|katledil|(?:infaz|idam) edil)en|{_LIFE} (?:kaybed|yitir)en|can veren"
                      "|şehit (?:olan|edilen|düşen)"),
        ("dead", "L+", r"öl(?:dü(?!r)|müş|üyor|ürken|erek)\w*|öldür(?:ül)?(?:dü|müş|ür|erek|üyor|üp|en)\w*"
                       rf"|{_LIFE} (?:kayb|yitir)\w+|can ver\w+|şehit (?:ol|düş|ed|et|ver)\w+|asıl(?:dı|mış)\w*"
                       r"|katle(?:t|d|dil)(?:ti|di|miş|tiği|diği)\w*|(?:infaz|idam) (?:edil|et)\w+|suikasta uğra\w+"
                       r"|etkisiz (?:h[aâ]le|duruma) getir\w+|kurban gitti\w*|(?:boğaz|baş)ı(?:nın)? kesil\w+"
                       r"|kurtarılama\w+"),
        ("dead", "L", r"öl(?:mesi|üm(?!\w* oruc))\w*|öldür(?:ül)?me(?:si|ler)\w*|katle\w+|ölü(?:ye|nün)?|şehit|ceset"
                      r"|can(?:a|ını|ına)? (?:al|mal ol|kıy)\w+|kurbanı ol\w+|mezar ol\w+|hayattan kopar\w+"
                      r"|cansız beden\w*|kaybettiği\w*"),
        ("injured", "R", "yaralanan"),
        ("injured", "L+", r"yaral(?:andı|anmış|anırken|adı|amış|anıp|ayan)\w*"),
        ("injured", "L", r"yaral(?:ı|ıya|ının|anma\w*|ama\w*)|hastanelik \w+|hastaneye kaldırıl\w+"),
    ),
    denied=_pattern(r"\|\s*(?:olmad|olmaks|yok|yaşanmad|girişim|teşebbüs|tehdi|tehlike|olasılığ|ihtimal|riski)"),
    numbers=_numbers({
        1: "bir biri birini tek", 2: "iki ikisi ikisini", 3: "üç üçü üçünü", 4: "dört dördü", 5: "beş beşi",
        6: "altı altısı", 7: "yedi yedisi", 8: "sekiz sekizi", 9: "dokuz dokuzu", 10: "on", 12: "düzine", 20: "yirmi",
        30: "otuz", 40: "kırk", 50: "elli", 60: "altmış", 70: "yetmiş", 80: "seksen", 90: "doksan",
        100: "yüz yüzü yüzden yüze", 1000: "bin bini binden bine binin",
    }),
    amounts=_pattern(r"\b(?:onlarca|yüzlerce|(?:(?:on|yüz) )?binlerce|milyonlarca|çok sayıda|birçok|bazı|birkaç)\b"),
    single=_NOTHING,  # bir is a number
    plural=_pattern(r"l[ae]r|halk|polis$|asker$|kalabalı|grup|gruba|kişi|aile|heyet|güç|kuvvet|ekip|\bve\b"),
    joint=_pattern(r"\s*(?:\S+ ){0,3}?(?:\S+l[ae] birlikte|ve|ile) (?:en az |yaklaşık |\w+[dt][ae]n )?"),
    before=_pattern(r"(?:yüzde|%|saat|madde|yaşı|no|bu|her|o)\s*$"),
    after=_pattern(
        r"(?:['’]\w+|\.)?[-\s]*(?:yaşınd|yaşlar|yıl|gün|ay\b|ayl|ayd|hafta|saat|dakika|metre|kilometre|km|kez|defa|milyon"
        r"|milyar|dolar|lira|avro|kent|il\b|ilde|ilçe|köy\b|köyd|ülke|nokta|hedef|uçağ|uçak|araç|ev\b|evi|füze|roket"
        r"|saldır|patlama|bomba|kurşun|mermi|üs\b|top\b|kat\b|katlı|sandal|tekne|gemi|yüz\b)"
    ),
    left=_pattern(r"\btarafından\b|\wc[ae]\s*$|^ (?!kişi|sivil|asker|polis)(?:\w+ )?\w+s[ıiuü]nd[ae]\b"),
    right=_NOTHING,
)  # fmt: skip
_KILLED: Final = (
    "killed|murdered|slain|slaughtered|massacred|assassinated|executed|hanged|beheaded|lynched|martyred"
    "|gunned down|shot dead|neutrali[sz]ed"
)
_ENGLISH: Final = _Grammar(
    *_words(
        ("dead", "R", r"(?:death )?toll|number of (?:dead|deaths|people killed)|(?:the )?dead at"
                      "|(?:killing|slaughter|massacre|execution|murder|deaths?|lives|bodies|remains) of"),
        ("dead", "L+", r"(?:was|were|been|are|is|be|being|got) (?:\w+ly |also |all |later |found )?"
                       rf"(?:{_KILLED}|put to death|(?:shot|stabbed|beaten|hacked)(?: \w+)? to death)|died|dies"),
        ("dead", "L", r"dead(?! end)|die|dying|deaths|fatalities|lives|bodies|corpses|martyrs"),
        ("dead", "RL+", rf"{_KILLED}|kills?|killing|slew|put to death|shot (?:\w+ ){{1,2}}dead"
                        r"|(?:hacked|stabbed|beat|burned|shot|crushed) (?=(?:\S+ ){1,4}to death)"),
        ("dead", "R+", "beheading(?: of)?"),
        ("injured", "L+", r"(?:was|were|been|are|is|be|being) (?:\w+ly |also |all )?(?:injured|wounded|hurt|maimed)"),
        ("injured", "RL+", "injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt|hurting|maim(?:ed|ing)"),
        ("injured", "L", r"injuries|(?:was|were|been) (?:taken|rushed) to (?:\w+ )?hospitals?|hospitali[sz]ed"),
    ),
    denied=_pattern(
        r"(?:\b(?:not|no one|nobody|never|would|could|may|might|will|if|to)(?: (?:be|have|been))*|threat\w*)\s*\|"
    ),
    numbers=_numbers({
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand",
    }),
    amounts=_pattern(r"\b(?:dozens|scores|hundreds|thousands|tens|several|many|some of|few)\b"),
    single=_pattern(
        r"\b(?:an?|another) (?:[\w-]+ ){0,3}?(?:\w*m[ae]n|woman|boy|girl|child|teenager|person|soldier|civilian|officer"
        r"|journalist|reporter|protester|demonstrator|student|worker|fighter|militant|guard|commander|general|diplomat"
        r"|priest|teacher|driver|pilot|doctor|nurse|settler|resident|citizen|peacekeeper|marine|sailor|activist|leader)\b"
    ),
    plural=_pattern(r"s\b|people|police|[mr]en\b|troops|crowd|group|family|staff|crew|force|and\b|public|mob|dead"),
    joint=_pattern(r"\s*(?:\S+ ){0,4}?(?:and|(?:along |together )?with) (?:at least |about |some )?"),
    before=_pattern(r"(?:\b(?:aged?|no\.|number|including|among them|(?:members|parts?|one) of)|[$€£])\s*$"),
    after=_pattern(
        r"\s*-?\s*(?:years?|days?|hours?|months?|weeks?|minutes?|kilomet\w+|km|miles?|times?|percent|million|billion"
        r"|dollars?|euros?|cities|towns|villages|provinces|countries|targets|missiles?|rockets?|drones?|aircraft|planes?|vehicles"
        r"|homes|houses|attacks?|strikes?|blasts?|bombings?|explosions?|shots|ships|of (?:them|whom|those))\b"
        r"|\s*%|(?:st|nd|rd|th)\b|(?<=,\s\d\d),"
    ),
    left=_pattern(r"\bby\b"),
    right=_pattern(
        r"\b(?:in|on|within|after|during|since|from|for|by|near|until|between|every|of the)\s*$|\b(?:unless|if|until)\b"
    ),
)  # fmt: skip
# The dual of nouns; in the accusative only of those that have another word for the plural.
_TWO: Final = " ".join(
    stem + end
    for stems, ends in (
        ("شخص جندي طفل ضابط عنصر رجل شاب", "ان ين"),
        ("امرأ فتا طفل", "تان تين"),
        ("مدني شرطي مسلح فلسطيني لبناني سوري إسرائيلي صحفي صحافي مواطن مستوطن", "ان"),
    )
    for stem in stems.split()
    for end in ends.split()
)
_HUNDREDS: Final = {
    f"{stem}{hundred}": 100 * value
    for value, stem in enumerate(("ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"), start=3)
    for hundred in ("مئة", "مائة")
}
_ARABIC: Final = _Grammar(
    *_words(
        ("dead", "1+", "[وف]?(?:(?:[يت]?قتلت?|أعدمت?|اغتالت?)ه|[تي]ردي[هها]|أردته)"),
        ("dead", "R", r"(?:عدد|حصيلة|أعداد) (?:\w+ )?(?:ال)?(?:قتلى|شهداء|ضحايا|وفيات)|[وف]?حصدت? أرواح|بحياة"
                      "|راحت? ضحية|ضحيته(?:ا|م)?"),
        ("injured", "R", "(?:عدد|حصيلة|أعداد) (?:ال)?(?:جرحى|مصابين|إصابات)"),
        ("dead", "RL+", "[وف]?(?:قتل(?:ت|وا|ا)?|استشهد(?:ت|وا)?|أعدم(?:ت|وا)?|اغتالت?|اغتيلت?|لقيت?|ذبح(?:ت|وا)?"
                        "|مات(?:ت|وا)?|توفيت?|صرع)"),
        ("dead", "R+", "[وف]?[بل]?(?:مقتل|استشهاد|وفاة|مصرع)"),
        ("dead", "R", "[وف]?[بل]?(?:اغتيال|إعدام|قتل|سقوط)"),
        ("dead", "L", "و?(?:قتيلا|قتلى|القتلى|شهيدا|شهداء|حتفهم|مصرعهم|مصرعه)"),
        ("dead", "L1", "و?(?:قتيل|شهيد)"),
        ("dead", "2", "و?(?:قتيل|شهيد)(?:ان|ين)"),
        ("injured", "RL+", "[وف]?(?:أصيب(?:ت|وا)?|أصابت?|جرح(?:ت|وا)?)"),
        ("injured", "R", "[وف]?[بل]?(?:إصابة|جرح)"),
        ("injured", "L", "و?(?:جريحا|جرحى|مصابا|مصابين|مصابون|إصابات)"),
        ("injured", "L1", "و?(?:جريح|مصاب)"),
        ("injured", "2", "و?(?:جريح(?:ان|ين)|مصابان)"),
    ),
    denied=_pattern(r"(?:لم|لن|لا|دون|محاولة)\s*\|"),
    numbers=_numbers({
        1: "واحد واحدة", 2: f"اثنين اثنان اثنتين اثنتان {_TWO}", 3: "ثلاثة ثلاث", 4: "أربعة أربع", 5: "خمسة خمس",
        6: "ستة ست", 7: "سبعة سبع", 8: "ثمانية ثماني", 9: "تسعة تسع", 10: "عشرة عشر", 20: "عشرين عشرون",
        30: "ثلاثين ثلاثون", 40: "أربعين أربعون", 50: "خمسين خمسون", 60: "ستين ستون", 70: "سبعين سبعون",
        80: "ثمانين ثمانون", 90: "تسعين تسعون", 100: "مئة مائة", 200: "مئتين مئتي مئتا مائتين مائتي",
        1000: "ألف ألفا آلاف", 2000: "ألفين ألفي",
    }) | _HUNDREDS,
    amounts=_pattern(r"\b(?:(?:ال)?عشرات|(?:ال)?مئات|(?<!\d\s)(?<!ة\s)آلاف|عدد من|عدة)\b"),
    single=_pattern(
        r"(?:\b|(?<=\bو))(?:شخص|جندي|مدني|طفلة?|امرأة|رجل|شاب|فتاة|ضابط|شرطي|عنصر|مسلح|فلسطيني|لبناني|صحفي|صحافي|مواطن"
        r"|مستوطن|متظاهر|قيادي|سائق|طالب|ناشط)\b"
    ),
    plural=_pattern(""),  # no telling by the form of the noun
    joint=_pattern(r"\s*(?:\S+ ){0,3}?(?:و|مع )(?:\S+ )?"),
    before=_pattern(r"(?:عام|الساعة|بينهم|بينهما|عن عمر)\s*$"),
    after=_pattern(
        r"\s*(?:عام|سنة|سنوات|يوم|أيام|ساع|شهر|أشهر|كيلومتر|كلم|مليون|مليار|دولار|صاروخ|غار|طائر|مدينة|مدن\b|قري|مرات|دقيق)"
    ),
    left=_pattern(r"\bعلى يد\b"),
    right=_pattern(r"(?:في|منذ|خلال|بعد|قبل|بنحو)\s*$"),
)  # fmt: skip

_TYPES: Final = {"ASSAULT": 0, "PROTEST": 100}  # that have casualties, and how much farther off they count
_REACH: Final = 70  # characters between a number and its word
_VIEW: Final = 400  # characters around a word in which the numbers stand that add up
# How many characters off an event counts: for each sentence before or after, in another clause, where it is a word of
# death itself; and from where on it is too far. After the word, its distance counts so many times.
_BEFORE, _AFTER, _PARTED, _RIVAL, _TOO_FAR = 150.0, 350.0, 150.0, 300.0, 600.0
_LATE: Final = 2

_TOKEN: Final = re.compile(r"(?<![\d:.,])\d{1,3}(?:[.,]\d{3})+(?!\d)|(?<![\d:.,])\d+(?![\d:]|[.,]\d)|[^\W\d_]+")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?<!000)")
_NAME: Final = re.compile(r"(?<=[a-zçğıöşü] )bin(?= [A-ZÇĞİÖŞÜ])")  # Usame bin Ladin: no thousand
# The end of a sentence, but not of an initial nor before a small letter.
_END: Final = re.compile(r"(?:(?<!\b\w)[.…]|[!?؟\n])[\"”’»)\]]*\s+(?![a-zçğıöşü])|\n")
_BREAK: Final = re.compile(r"[;:؛]")
_SIGNS: Final = re.compile("[\u064b-\u0652\u0670\u0640]")  # of vowels, and tatweel
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def count_casualties(text: str, mentions: Sequence[Mention], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events with `dead` and `injured` where the report tells the numbers."""
    if not any(_may_hurt(e) for e in events):
        return tuple(events)
    grammar = _grammar(text)
    plain, places = _plain(text, grammar)
    ends = [bisect_left(places, m.end()) for m in _END.finditer(text)]
    spans = {m.id: _moved(m, places) for m in mentions}
    deeds = _group((_moved(e, places) for e in events if _may_hurt(e)), ends)
    words = _group(_find_words(plain, grammar), ends)
    counts = _group(_find_counts(plain, list(spans.values()), grammar), ends)
    told: dict[_Word, _Count | None] = {}
    for sentence, said in words.items():
        for word in said:
            told[word] = _told(plain, word, _near(said, word), _near(counts[sentence], word), grammar)
            for event in deeds[sentence]:
                if word.verb and _overlap(event, word):
                    struck = [(m, counts[bisect_right(ends, m.start)]) for i in event.recipient if (m := spans.get(i))]
                    told[word] = max(told[word], _struck(word, struck), key=lambda c: c.value if c else 0)
    nearest: dict[tuple[str, Kind], tuple[float, int | None]] = {}
    nothing = (_TOO_FAR, None)
    for sentence, said in words.items():
        around = [
            (sentence - at, event, [w for w in words.get(at, []) if w.verb and _overlap(event, w)])
            for at in range(sentence - 3, sentence + 2)
            for event in deeds[at]
        ]
        for word in said:
            count = told[word]
            if count and around:
                far, of = min((_distance(plain, word, *each, told), each[1].id) for each in around)
                if far < nearest.get((of, word.kind), nothing)[0]:
                    nearest[of, word.kind] = far, count.value
    return tuple(
        replace(e, dead=nearest.get((e.id, "dead"), nothing)[1], injured=nearest.get((e.id, "injured"), nothing)[1])
        for e in events
    )


def _group(items: Iterable[S], ends: Sequence[int]) -> defaultdict[int, list[S]]:
    """What starts in each sentence, by its number."""
    groups = defaultdict(list)
    for item in items:
        groups[bisect_right(ends, item.start)].append(item)
    return groups


def _near(items: list[S], word: _Word) -> list[S]:
    """Those of a sentence, in their order, that a number joined to the word may stand among."""
    low, high = (bisect_left(items, word.start + far, key=lambda item: item.start) for far in (-_VIEW, _VIEW))
    return items[low:high]


def _moved(item: M, places: Sequence[int]) -> M:
    """A mention or an event where it stands in the plain text."""
    return replace(item, start=bisect_left(places, item.start), end=bisect_left(places, item.end))


def _may_hurt(event: Event) -> bool:
    return event.type in _TYPES and event.status in ("actual", "historical")


def _overlap(event: Event, word: _Word) -> bool:
    return event.start < word.end and word.start < event.end


def _grammar(text: str) -> _Grammar:
    if re.search(r"[\u0621-\u064a]{2}", text):
        return _ARABIC
    english = len(re.findall(r"\b(?:the|of|and|was|were|by|an?|in|on|to)\b", text, re.IGNORECASE))
    return _TURKISH if len(re.findall("[çğıöşü]", text)) > 3 * english else _ENGLISH


def _plain(text: str, grammar: _Grammar) -> tuple[str, list[int]]:
    """The text in small letters, without vowel signs, and the place in the text of each of its characters."""
    lower = lower_turkish if grammar is _TURKISH else str.lower
    text = _NAME.sub("---", text).translate(_DIGITS)
    places = [i for i, c in enumerate(text) if not _SIGNS.match(c)]
    kept = "".join(text[i] for i in places)
    small = lower(kept)
    if len(small) != len(kept):  # letters of several characters
        small = "".join(low if len(low := lower(c)) == 1 else c for c in kept)
    return small, places


def _find_words(plain: str, grammar: _Grammar) -> list[_Word]:
    return [
        _Word(m.start(), m.end(), *grammar.roles[(m.lastindex or 1) - 1])
        for m in grammar.words.finditer(plain)
        if not grammar.denied.search(f"{plain[max(0, m.start() - 25) : m.start()]}|{plain[m.end() : m.end() + 15]}")
    ]


def _find_counts(plain: str, mentions: Sequence[Mention], grammar: _Grammar) -> list[_Count]:
    """The numbers that may count people, the amounts that are no number, and the persons, by place."""
    named = {at for m in mentions if m.type in ("PER", "TIME", "LOC") for at in range(m.start, m.end)}
    amounts = [_Count(m.start(), m.end(), 0) for m in grammar.amounts.finditer(plain)]
    named.update(at for a in amounts for at in range(a.start, a.end))
    numbers = [
        c for c in _find_numbers(plain, grammar)
        if c.start not in named
        and not grammar.after.match(plain, c.end)
        and not grammar.before.search(plain[max(0, c.start - 20) : c.start])
    ]  # fmt: skip
    named.update(at for c in numbers for at in range(c.start, c.end + 2))  # 100 شخص
    single = [
        _Count(m.start(), m.end(), 1) for m in grammar.single.finditer(plain)
        if named.isdisjoint(range(m.start(), m.end()))
    ]  # fmt: skip
    known = [*amounts, *numbers, *single]
    starts = {c.start for c in known}
    persons = [
        _Count(m.start, m.end, 1, person=True)
        for m in mentions
        if m.type == "PER" or (m.type == "GRP" and not grammar.plural.search(plain[m.start : m.end]))
    ]
    known += [p for p in persons if starts.isdisjoint(range(p.start, p.end))]
    return sorted(known, key=lambda c: c.start)


def _find_numbers(plain: str, grammar: _Grammar) -> Iterator[_Count]:
    """Numbers in digits and words; those that stand together are one: *2 bin 500*, *twenty-five*, *خمسة وعشرين*."""
    last: _Count | None = None
    for token in _TOKEN.finditer(plain):
        word = token[0]
        if word == "و":  # and: a prefix of numbers in digits
            continue
        if word.startswith("و") and word[1:] in grammar.numbers:
            word = word[1:]
        value = int(re.sub(r"[.,]", "", word)) if word[0].isdigit() else grammar.numbers.get(word, 0)
        if last and value and plain[last.end : token.start()] in (" ", "-", " and ", " و"):
            times = value in (12, 100, 1000) and last.value < value
            if times or value < _magnitude(last.value) or (word != token[0] and last.value < 10 <= value < 100):
                last = last._replace(end=token.end(), value=last.value * value if times else last.value + value)
                continue
        if last:
            yield last
        last = _Count(token.end() - len(word), token.end(), value) if value and not _YEAR.fullmatch(word) else None
    if last:
        yield last


def _magnitude(value: int) -> int:
    """The greatest power of ten that divides a number."""
    return int("1" + re.sub(".*[1-9]", "", str(value)))


def _told(plain: str, word: _Word, words: list[_Word], counts: list[_Count], grammar: _Grammar) -> _Count | None:
    """The number that a word of death or injury governs in its sentence, the joined ones added."""
    for side in word.sides:
        if side.isdigit():
            return _Count(word.start, word.end, int(side))
        left = side == "L"
        beside = [c for c in counts if (c.end <= word.start if left else c.start >= word.end)]
        for count in reversed(beside) if left else beside:
            low, high = (count.end, word.start) if left else (word.end, count.start)
            if high - low > _REACH or _BREAK.search(plain, low, high) or _taken(plain, low, high, count, left, words):
                break
            if (grammar.left if left else grammar.right).search(plain[low:high]):
                continue
            if not count.value or (count.person and not word.verb):
                return None
            return count._replace(value=_sum(plain, count, beside, left, words, grammar))
    return None


def _taken(plain: str, low: int, high: int, count: _Count, left: bool, words: list[_Word]) -> bool:
    """Whether a number belongs to another word: one that stands between, or right behind it (*20 wounded*)."""
    return any(
        low <= w.start < high or (not left and 0 <= w.start - count.end <= 2 and plain[w.start] not in "وف")
        for w in words
    )


def _sum(plain: str, count: _Count, beside: list[_Count], left: bool, words: list[_Word], grammar: _Grammar) -> int:
    """A number with those that are joined to it on the far side."""
    total = count.value
    far = [c for c in beside if (c.end <= count.start if left else c.start >= count.end)]
    for other in reversed(far) if left else far:
        low, high = (other.end, count.start) if left else (count.end, other.start)
        joined = other.value and grammar.joint.fullmatch(plain, low, high)
        if not joined or _taken(plain, low, high, other, left, words):
            break
        total, count = total + other.value, other
    return total


def _struck(word: _Word, struck: Sequence[tuple[Mention, list[_Count]]]) -> _Count:
    """How many the persons and groups that an event strikes are; 0 where the number of one is not told."""
    inside = [
        [c.value for c in counts if m.start <= c.start < m.end and m.type in ("PER", "GRP")] for m, counts in struck
    ]
    values = [numbers[0] if numbers else 0 for numbers in inside]
    return _Count(word.start, word.end, sum(values) if all(values) else 0)


def _distance(
    plain: str, word: _Word, apart: int, event: Event, rivals: list[_Word], told: dict[_Word, _Count | None]
) -> float:
    """How far off an event counts from a word of death, `apart` sentences before it; `rivals`: verbs of its own."""
    if _overlap(event, word):
        return -1
    rivals = [w for w in rivals if w.kind == word.kind]
    named = (count := told[word]) and count.person
    if any(told[w] for w in rivals) or (named and event.type == "PROTEST"):
        return _TOO_FAR
    far = _TYPES[event.type] + _RIVAL * len(rivals)
    if apart:  # of two in one sentence, the first tells the attack
        return far + (_BEFORE * apart if apart > 0 else -_AFTER * apart) + event.start / 1e6
    between = plain[min(word.end, event.end) : max(word.start, event.start)]
    if len(between) > _TOO_FAR:
        return _TOO_FAR
    late = event.start > word.start
    parted = _BREAK.search(between) or (late and re.search("[,،]", between))
    return far + len(between) * (_LATE if late else 1) + (_PARTED if parted else 0)
