from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vakanuvis.ontology import ontology
from vakanuvis.resolution import resolver, who

NOVEMBER = date(2025, 11, 5)


@pytest.mark.parametrize(
    ("phrase", "polity", "sectors"),
    [
        ("Turkish riot police", "TUR", "COP"),
        ("the Colombian navy", "COL", "MIL"),
        ("two gunmen", None, "UAF"),
        ("Syrian rebels", "SYR", "REB"),
        ("Peruvian lawmakers", "PER", "LEG"),
        ("Sudan's foreign ministry", "SDN", "GOV"),
        ("former Chilean defence minister", "CHL", "ELI"),
        ("Iran-backed militias", None, "UAF"),
        ("pro-Russian separatists", None, "REB"),
        ("striking Belgian railway workers", "BEL", "LAB"),
        ("asylum seekers", None, "REF"),
        ("İsrail ordusu", "ISR", "MIL"),
        ("İsrail askerlerinin", "ISR", "MIL"),
        ("Filistinlilere", "PSE", "CVL"),
        ("göstericilerle", None, "CVL"),
        ("Türkiye'nin Paris Büyükelçisi", "TUR", "GOV"),
        ("eski Bulgaristan Başbakanı", "BGR", "ELI"),
        ("Gürcistan Parlamentosu", "GEO", "LEG"),
        ("Gürcistan Sahil Güvenliği", "GEO", "MIL"),
        ("kimliği belirsiz silahlı kişiler", None, "UAF"),
        ("Kremlin", "RUS", "GOV"),
        ("Mısır", "EGY", ""),
        ("الجيش السوداني", "SDN", "MIL"),
        ("والشرطة العراقية", "IRQ", "COP"),
        ("وزارة الخارجية المصرية", "EGY", "GOV"),
        ("للمتظاهرين", None, "CVL"),
        ("وحماس", "PSE", "REB"),
        ("Syrian government forces", "SYR", "MIL"),
        ("forces loyal to Khalifa Haftar", "LBY", "UAF"),
        ("Halife Hafter'e bağlı milisler", "LBY", "UAF"),
        ("AFAD ekipleri", "TUR", "GOV"),
        ("Putin's spokesman", "RUS", "GOV"),
        ("sendika temsilcileri", None, "LAB"),
        ("Germany's far-right AfD", "DEU", "PTY"),
        ("الرئيس المصري الأسبق حسني مبارك", "EGY", "ELI"),
        ("القيادة المركزية الأميركية", "USA", "MIL"),
        ("لاجئين سوريين", "SYR", "REF"),
    ],
)
def test_composes_polity_and_agent(phrase, polity, sectors):
    identity = who(phrase, NOVEMBER)
    assert (identity.polity, identity.sectors[0] if identity.sectors else "") == (polity, sectors)


@pytest.mark.parametrize("phrase", ["MİT Başkanı", "MİT Başkanı'nın", "MİT Müsteşarı", "MİT Başkanı İbrahim Kalın'la"])
def test_an_office_is_its_holder_on_the_day(phrase):
    identity = who(phrase, NOVEMBER)
    assert (identity.name, identity.polity, identity.sectors[0]) == ("İbrahim Kalın", "TUR", "SPY")
    assert who("MİT Başkanı", date(2020, 1, 1)).name == "Hakan Fidan"


@pytest.mark.parametrize("phrase", ["Netanyahu", "İsrail Başbakanı Binyamin Netanyahu", "بنيامين نتنياهو"])
def test_one_person_under_all_spellings(phrase):
    assert who(phrase, NOVEMBER).entity == who("Benjamin Netanyahu", NOVEMBER).entity is not None


def test_an_ended_term_makes_a_former_official():
    on_duty = who("Hakan Fidan", date(2020, 1, 1))
    assert (on_duty.sectors[0], on_duty.office) == ("SPY", "Director of the National Intelligence Organization")
    assert who("former President Donald Trump", date(2023, 1, 1)).sectors[0] == "ELI"


def test_a_false_name_leaves_the_office_and_offers_its_holders():
    identity = who("MİT Başkanı Hakan Kalın", NOVEMBER)
    assert (identity.entity, identity.polity, identity.sectors) == (None, "TUR", ("SPY",))
    assert [other.name for other in identity.alternatives] == ["İbrahim Kalın", "Hakan Fidan"]


@pytest.mark.parametrize("phrase", ["", "  ", "?", "a cat named Frank", "Deniz Yıldız", "'", "\u200b", "1", "ال"])
def test_the_unknown_stays_unknown(phrase):
    identity = who(phrase, NOVEMBER)
    assert (identity.entity, identity.polity) == (None, None)


@pytest.mark.parametrize("phrase", ["المدير القطري للبرنامج", "the Turkish director", "Türkiye müdürü"])
def test_the_director_of_something_in_a_country_does_not_lead_the_country(phrase):
    assert who(phrase, NOVEMBER).entity is None
    assert who("Qatari leader", NOVEMBER).name == "Tamim bin Hamad Al Thani"


def test_the_owner_gives_the_polity_and_the_noun_the_sector():
    assert (who("Trump's lawyers", NOVEMBER).polity, who("Trump's lawyers", NOVEMBER).sectors) == ("USA", ("JUD",))


def test_a_region_s_prime_minister_is_not_the_state_s():
    assert who("Iraqi prime minister", date(2021, 11, 8)).name == "Mustafa al-Kadhimi"
    assert who("IKBY Başbakanı", date(2021, 11, 8)).name == "Masrour Barzani"


def test_a_town_s_police_chief_is_not_the_state_s():
    assert who("Ankara's police chief", NOVEMBER).entity is None
    assert who("İstanbul Emniyet Müdürü Selami Altınok", date(2013, 12, 25)).office is None


def test_who_belongs_to_whom():
    son = who("ABD Başkanı Donald Trump'ın damadı Jared Kushner", date(2019, 6, 6))
    assert (son.entity, son.polity, son.sectors) == (None, "USA", ())


def test_the_name_as_spelled_goes_before_one_that_sounds_like_it():
    assert who("Swedish Foreign Minister Ann Linde", date(2022, 11, 20)).name == "Ann Linde"
    assert who("Filistin Başbakanı Muhammed Iştiyye", date(2024, 2, 16)).name == "Mohammad Shtayyeh"


def test_abbreviations_are_capitals():
    assert who("Abd-Rabbu Mansour", NOVEMBER).polity != "USA"
    # The end of a name is no suffix on an abbreviation: MOIS is an Iranian service.
    assert who("Haitian President Jovenel Moise", NOVEMBER).polity == "HTI"
    assert who("ABD", NOVEMBER).polity == "USA"


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from([None, "tr", "en", "ar", "de"]))
def test_any_text_gets_an_answer_in_known_codes(text, language):
    identity = resolver().who(text, NOVEMBER, language=language)
    assert 0 <= identity.confidence <= 1
    assert set(identity.sectors) <= set(ontology().sectors)
    assert identity == resolver().who(text, NOVEMBER, language=language)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("غراندي", "Filippo Grandi"),
        ("نتنياهو", "Benjamin Netanyahu"),
        ("ترامب", "Donald Trump"),
        ("Seyyid Abbas Erakçi", "Abbas Araghchi"),
        ("الرئيس الجورجي ميخائيل كافيلاشفيلي", "Mikheil Kavelashvili"),
    ],
)
def test_a_name_in_another_script_has_the_vowels_too(phrase, name):
    assert who(phrase, NOVEMBER).name == name


def test_two_persons_are_neither_of_them():
    both = who("Erdoğan ve Putin", NOVEMBER)
    assert (both.entity, both.polity, both.sectors) == (None, None, ("GOV",))
    assert who("Erdoğan ve Hakan Fidan", NOVEMBER).polity == "TUR"


def test_business_people_are_no_trade_union():
    found = who("Türk iş insanları", NOVEMBER)
    assert (found.entity, found.polity, found.sectors) == (None, "TUR", ("BUS",))
    assert who("Türk-İş", NOVEMBER).entity == "tur.turk-is"


def test_a_given_name_alone_is_no_former_president():
    assert who("Cumhurbaşkanı Süleyman", date(2012, 10, 19)).entity is None
    assert who("Cumhurbaşkanı Demirel", date(1999, 10, 19)).name == "Süleyman Demirel"


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Sayın Cumhurbaşkanımız", "Recep Tayyip Erdoğan"),
        ("Cumhurbaşkanımızın", "Recep Tayyip Erdoğan"),
        ("Bakanımız Hakan Fidan", "Hakan Fidan"),
        ("Dışişleri Bakanımız", "Hakan Fidan"),
        ("Genel Başkanımız Özgür Özel", "Özgür Özel"),
    ],
)
def test_our_minister_is_the_minister(phrase, name):
    assert who(phrase, NOVEMBER).name == name


@pytest.mark.parametrize(
    ("phrase", "polity"),
    [
        ("Türk ve Mısır dışişleri bakanları", None),
        ("iki ülkenin dışişleri bakanları", None),
        ("dışişleri bakanlarının", None),
        ("وزيرا الخارجية المصري والتركي", None),
        ("CHP Genel Başkanları", "TUR"),
    ],
)
def test_several_holders_of_an_office_are_none_of_them(phrase, polity):
    found = who(phrase, NOVEMBER)
    assert (found.entity, found.polity) == (None, polity)


@pytest.mark.parametrize("day", [date(2024, 7, 8), NOVEMBER])
def test_the_president_is_of_the_state_whose_office_is_called_so(day):
    assert who("President Emmanuel Macron", day).polity == "FRA"
    assert who("Emmanuel Macron", day).polity == "FRA"


@pytest.mark.parametrize(
    ("phrase", "sectors"),
    [
        ("US forces", ("MIL",)),
        ("ABD güçleri", ("MIL",)),
        ("Türk güçlerinin", ("MIL",)),
        ("القوات الأمريكية", ("MIL",)),
        ("Kurdish forces", ("UAF",)),
        ("Syrian opposition forces", ("REB",)),
        ("Suriye'deki güçler", ("UAF",)),
    ],
)
def test_the_forces_of_a_state_are_its_army(phrase, sectors):
    assert who(phrase, NOVEMBER).sectors[:1] == sectors


@pytest.mark.parametrize(
    ("phrase", "day", "name"),
    [
        ("Suudi Arabistan Kralı Abdullah", date(2012, 2, 5), "Abdullah of Saudi Arabia"),
        ("Suudi Arabistan Kralı Abdullah", date(2015, 2, 5), None),
        ("Katar Emiri Hamad", date(2025, 3, 15), None),
        ("Katar Emiri Temim", date(2025, 3, 15), "Tamim bin Hamad Al Thani"),
    ],
)
def test_a_father_s_name_is_no_name_of_a_ruler(phrase, day, name):
    assert who(phrase, day).name == name


def test_a_ruler_s_name_is_no_newspaper():
    found = who("Kuveyt Emiri Sabah", date(2015, 1, 1))
    assert (found.polity, found.sectors) == ("KWT", ("GOV",))


def test_an_opposition_s_government_that_ended_is_no_longer_meant():
    assert who("Suriye geçici hükümeti", date(2020, 1, 1)).sectors == ("GOV", "OPP")
    assert who("Suriye geçici hükümeti", NOVEMBER).sectors == ("GOV",)


@pytest.mark.parametrize("phrase", ["chief of police", "Speaker of Parliament", "Devlet Başkanı", "Emir", "ولي العهد"])
def test_a_general_title_without_a_state_is_no_small_state_s(phrase):
    found = who(phrase, NOVEMBER)
    assert (found.entity, found.polity) == (None, None)


@pytest.mark.parametrize(
    ("phrase", "polity"), [("the Chancellor", "DEU"), ("Home Secretary", "GBR"), ("Taoiseach", "IRL"), ("Papa", "VAT")]
)
def test_a_title_alone_is_of_the_state_that_the_press_means(phrase, polity):
    assert who(phrase, NOVEMBER).polity == polity


@pytest.mark.parametrize(
    ("phrase", "polity", "sectors"),
    [
        ("Hamas ve İslami Cihad", "PSE", ("REB",)),
        ("AK Parti ile MHP", "TUR", ("PTY", "GOV")),
        ("مصر وقطر", None, ()),
        ("ABD, İngiltere ve Fransa", None, ()),
    ],
)
def test_joined_organisations_and_states_are_none_of_them(phrase, polity, sectors):
    found = who(phrase, NOVEMBER)
    assert (found.entity, found.polity, found.sectors) == (None, polity, sectors)


@pytest.mark.parametrize(
    ("phrase", "entity", "sectors"),
    [
        ("Cemil Tugay", None, ()),
        ("İzmir Büyükşehir Belediye Başkanı Cemil Tugay", None, ("GOV",)),
        ("Avusturya Şansölyesi Christian Stocker", None, ("GOV",)),
        ("Fidan'ın eşi", None, ("CVL",)),
        ("Fed Başkanı", None, ("GOV", "BUS")),
    ],
)
def test_names_and_relatives_are_not_what_their_words_say(phrase, entity, sectors):
    found = resolver().understand(phrase, NOVEMBER, kind="PER").identity
    assert (found.entity, found.sectors) == (entity, sectors)


def test_decomposed_letters_are_the_same_letters():
    for phrase in ("Özgür Özel", "İçişleri Bakanlığı", "إسرائيل"):
        assert who(unicodedata.normalize("NFD", phrase), NOVEMBER).entity == who(phrase, NOVEMBER).entity is not None


def test_a_name_is_not_a_country_and_an_ending():
    assert who("Maliki", date(2010, 5, 5)).polity == "IRQ"
    assert who("Mali'deki birlikler", NOVEMBER).polity == "MLI"
