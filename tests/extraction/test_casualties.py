"""Numbers of dead and injured in the three languages."""

import pytest

from vakanuvis.extraction.casualties import count_casualties
from vakanuvis.records import Event, Mention

Numbers = tuple[int | None, int | None]


def event(text: str, trigger: str, *, kind: str = "ASSAULT", status: str = "actual", strikes: str = "") -> Event:
    at = text.index(trigger)
    return Event(trigger, kind, at, at + len(trigger), status, recipient=("m1",) if strikes else ())


def counted(text: str, *events: Event, mentions: tuple[Mention, ...] = ()) -> list[Numbers]:
    return [(e.dead, e.injured) for e in count_casualties(text, mentions, events)]


@pytest.mark.parametrize(
    ("text", "trigger", "dead", "injured"),
    [
        ("Hava saldırısında 37 kişi öldü, 151 kişi yaralandı.", "saldırısında", 37, 151),
        ("Saldırıda en az yirmi bir asker şehit oldu.", "Saldırıda", 21, None),
        ("Bombardımanda 1.200 sivil hayatını kaybetti.", "Bombardımanda", 1200, None),
        ("Cephede 3 bin 800 asker çatışmalarda can verdi.", "çatışmalarda", 3800, None),
        ("Saldırıda 3'ü çocuk 12 kişi yaşamını yitirdi, 30'dan fazla kişi de yaralandı.", "Saldırıda", 12, 30),
        ("Olaylarda iki kişi öldü, yüzü aşkın kişi yaralandı.", "Olaylarda", 2, 100),
        ("Çatışmada 10 asker ile 19 militan öldü.", "Çatışmada", 29, None),
        ("Saldırıda can kaybı 45'e, yaralı sayısı 210'a yükseldi.", "Saldırıda", 45, 210),
        ("Saldırıda hayatını kaybedenlerin sayısının 90'a ulaştığı belirtildi.", "Saldırıda", 90, None),
        ("Hava harekâtında 5 terörist etkisiz hâle getirildi.", "harekâtında", 5, None),
        ("Saldırıda ölen 4 kişi toprağa verildi.", "Saldırıda", 4, None),
        ("Bombardıman 31 can aldı.", "Bombardıman", 31, None),
        ("Saldırı: 5 ölü, 12 yaralı", "Saldırı", 5, 12),
        ("Saldırı sürüyor. Ölü sayısı 45'e yükseldi.", "Saldırı", 45, None),
        ("The air strikes killed at least 73 people and wounded 230.", "strikes", 73, 230),
        ("Twelve people were killed in the bombing.", "bombing", 12, None),
        ("5 killed and 20 wounded in the bombing", "bombing", 5, 20),
        ("Gunmen opened fire, killing two soldiers and wounding three others.", "opened fire", 2, 3),
        ("At least 12 people, including three children, were killed in the raid.", "raid", 12, None),
        ("Officers clashed with rebels; 17 rebels and four soldiers died.", "clashed", 21, None),
        ("The death toll from the bombing rose to 1,041 on Tuesday.", "bombing", 1041, None),
        ("The raid left two dozen dead and a hundred injured.", "raid", 24, 100),
        ("A soldier was killed and two others were wounded in the ambush.", "ambush", 1, 2),
        ("The assault cost more than 160 lives.", "assault", 160, None),
        ("أسفر القصف عن مقتل 12 شخصا وإصابة 30 آخرين", "القصف", 12, 30),
        ("قُتل ثلاثة جنود وجُرح خمسة في الهجوم.", "الهجوم", 3, 5),
        ("مقتل جنديين وإصابة ما لا يقل عن سبعة في هجوم.", "هجوم", 2, 7),
        ("قتيلان وثلاثة جرحى في غارة", "غارة", 2, 3),
        ("أدى القصف إلى مقتل خمسة وعشرين مدنيا وجرح أكثر من مئة.", "القصف", 25, 100),
        ("ارتفعت حصيلة القصف إلى 45 ألفا و28 شهيدا و٩٦٢ مصابا", "القصف", 45028, 962),
        ("أودى الهجوم بحياة ثلاثة آلاف شخص.", "الهجوم", 3000, None),
    ],
)
def test_numbers_told(text: str, trigger: str, dead: int | None, injured: int | None) -> None:
    assert counted(text, event(text, trigger)) == [(dead, injured)]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Baskında ölenlerin yakınlarına 20 milyon dolar ödenecek.", "Baskında"),
        ("18 yaşındaki saldırgan öldürüldü, saldırı kınandı.", "saldırı kınandı"),
        ("Saldırıda Usame bin Ladin öldürüldü.", "Saldırıda"),
        ("Saldırıda onlarca kişi öldü, 5 araç yandı.", "Saldırıda"),
        ("10 bin askerin katıldığı harekâtta can kaybı olmadı.", "harekâtta"),
        ("İki saldırgan tarafından saldırıda öldürüldü.", "saldırıda"),
        ("They were killed in two strikes on Monday.", "strikes"),
        ("The attack could kill 500 people, officials warned.", "attack"),
        ("Three years ago they were shot dead in an attack.", "attack"),
        ("Scores were killed when 20 jets bombed the town.", "bombed"),
        ("لم يقتل 3 أشخاص في الهجوم", "الهجوم"),
        ("قتل العشرات في الهجوم عام 2015", "الهجوم"),
    ],
)
def test_other_numbers_are_no_casualties(text: str, trigger: str) -> None:
    assert counted(text, event(text, trigger)) == [(None, None)]


def test_only_violent_events_that_happened_have_casualties() -> None:
    text = "Görüşmede saldırıda 3 kişinin öldüğü konuşuldu."
    assert counted(text, event(text, "Görüşmede", kind="CONSULT")) == [(None, None)]
    assert counted(text, event(text, "saldırıda", status="hypothetical")) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "first", "second", "numbers"),
    [  # the event that is the word itself
        ("Çatışmada beş asker şehit oldu, 7 militan öldürüldü.", "Çatışmada", "öldürüldü", [(5, None), (7, None)]),
        # the attack of the clause, not a deed that follows it
        (
            "Ordu kenti bombaladı, 31 kişi öldü; komşu ülke karşılık verdi.",
            "bombaladı",
            "karşılık",
            [(31, None), (None, None)],
        ),
        (
            "Soldiers shelled Hama. Nine people died, and rebels burned a base.",
            "shelled",
            "burned",
            [(9, None), (None, None)],
        ),
        # a sentence that follows tells of the first
        (
            "Gunmen stormed a hotel and shot at guests. At least 20 were dead.",
            "stormed",
            "shot",
            [(20, None), (None, None)],
        ),
        # an attack before a march
        ("Polis yürüyüşe saldırdı, iki kişi öldü.", "yürüyüşe", "saldırdı", [(None, None), (2, None)]),
    ],
)
def test_a_number_belongs_to_one_event(text: str, first: str, second: str, numbers: list[Numbers]) -> None:
    march = "PROTEST" if first == "yürüyüşe" else "ASSAULT"
    assert counted(text, event(text, first, kind=march), event(text, second)) == numbers


def test_those_struck_are_counted_where_no_number_is_told() -> None:
    text = "Hrant Dink silahlı saldırıda öldürüldü."
    victim = Mention("m1", "PER", 0, 10)
    assert counted(text, event(text, "öldürüldü", strikes="m1"), mentions=(victim,)) == [(1, None)]
    assert counted(text, event(text, "saldırıda"), mentions=(victim,)) == [(1, None)]
    text = "Siviller öldürüldü."
    many = Mention("m1", "GRP", 0, 8)
    assert counted(text, event(text, "öldürüldü", strikes="m1"), mentions=(many,)) == [(None, None)]


def test_a_person_named_and_a_number_add_up() -> None:
    text = "Saldırıda Büyükelçi Christopher Stevens ile üç görevli hayatını kaybetti."
    named = Mention("m1", "PER", 10, 39)
    assert counted(text, event(text, "Saldırıda"), mentions=(named,)) == [(4, None)]


def test_a_killing_referred_to_by_a_noun_counts_nobody() -> None:
    text = "Hrant Dink'in öldürülmesini kınadılar."
    assert counted(text, event(text, "öldürülmesini", strikes="m1"), mentions=(Mention("m1", "PER", 0, 10),)) == [
        (None, None)
    ]


def test_a_time_is_no_casualty() -> None:
    text = "2015'te öldürülen gazeteciler için saldırı kınandı."
    assert counted(text, event(text, "saldırı"), mentions=(Mention("m1", "TIME", 0, 4),)) == [(None, None)]
