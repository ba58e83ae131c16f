"""The pages without a browser: all of them, in both languages; sentences, names, marks, maps."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from made_up import coded, group, state, telling
from served import ALL, TOKEN
from vakanuvis.atlas import create, i18n, questions
from vakanuvis.atlas.pages import maps
from vakanuvis.atlas.pages.marks import Mark, pieces, plain
from vakanuvis.atlas.pages.networks import layout, pairs, readable
from vakanuvis.atlas.pages.sentences import inflect, sentence
from vakanuvis.atlas.pages.view import isolated
from vakanuvis.atlas.projection import HEIGHT, WIDTH, project
from vakanuvis.ontology import STATUSES, ontology
from vakanuvis.store import Chronicle

PAGES = (
    "/", "/search", "/search?q=TUR", "/happenings", "/happenings?type=ASSAULT&page=2", "/reports", "/actors",
    "/actors/TUR", "/dyads", "/dyads/TUR/ISR", "/map", "/map?view=world&since=2023-03", "/network", "/network?by=actor",
    "/expectations", "/expectations?outcome=open&kind=planned", "/expectations/record", "/contradictions",
    "/contradictions?kind=dead", "/read", "/about", "/token",
)  # fmt: skip
HTML = {"accept": "text/html"}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_both_languages(client, path, language):
    answer = client.get(path + ("&" if "?" in path else "?") + f"lang={language}", headers=HTML)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["content-language"] == language


def test_every_happening_and_every_report_has_a_page(client, chronicle):
    for row in chronicle.happenings(limit=8, order="-voices").to_pylist():
        page = client.get(f"/happenings/{row['id']}", headers=HTML)
        assert page.status_code == 200
        assert page.text.count('class="mark here') >= 1
    for row in chronicle.reports(limit=4).to_pylist():
        page = client.get(f"/reports/{quote(row['id'])}", headers=HTML)
        assert page.status_code == 200
        assert 'class="mark event' in page.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/happenings/h0", 404), ("/reports/none", 404), ("/actors/nobody at all", 404), ("/nowhere", 404),
     ("/happenings?type=NONE", 422), ("/happenings?since=yesterday", 422), ("/happenings?nonsense=1", 422),
     ("/dyads/nobody/TUR", 422),],
)  # fmt: skip
def test_what_is_not_there_is_a_designed_page(client, path, status):
    answer = client.get(path, headers={**HTML, "accept-language": "tr"})
    assert answer.status_code == status
    assert "Bugüne dön" in answer.text


def test_a_search_finds_what_the_newest_reports_with_the_words_tell(chronicle):
    newest = chronicle.reports(order="-published", limit=1).to_pylist()[0]
    found = questions.search(chronicle, newest["title"])
    assert newest["id"] in [row["id"] for row in found["reports"]]
    told = {row["happening"] for row in chronicle.events().to_pylist() if row["report"] == newest["id"]}
    assert told & {row["id"] for row in found["happenings"]}
    assert questions.search(chronicle, "...")["reports"] == []


def test_a_page_names_its_chart_for_scripts_and_as_a_picture(client):
    page = client.get("/dyads/TUR/ISR?lang=tr", headers=HTML).text
    specification = re.search(r'data-chart="([^"]+)"', page)
    picture = re.search(r'<noscript><img src="([^"]+)"', page)
    assert specification is not None
    assert picture is not None
    assert "vega-lite" in client.get(unescape(specification[1]) + "&format=json&theme=dark&words=tr").json()["$schema"]
    assert client.get(unescape(picture[1])).headers["content-type"].startswith("image/svg+xml")


def test_both_languages_have_the_same_words():
    english, turkish = (set(i18n.words(language)) for language in ("en", "tr"))
    # Sentences are built differently, and English has the ontology's own words for its codes.
    own = re.compile(r"(act|sentence|mode|context|sector)\.|others_")
    assert {key for key in english ^ turkish if not own.match(key)} == set()
    codes = ontology()
    modes = {mode for kind in codes.events.values() for mode in kind.modes}
    for table, expected in (("mode", modes), ("context", codes.contexts), ("sector", codes.sectors)):
        assert [code for code in expected if f"{table}.{code}" not in turkish] == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_braces_of_both_languages_are_the_same(language):
    other = i18n.words("en")
    for key, text in i18n.words(language).items():
        if not key.startswith(("act.", "sentence.")):
            assert set(re.findall(r"{\w*}", text)) == set(re.findall(r"{\w*}", other.get(key, text))), key


@pytest.mark.parametrize(
    ("name", "case", "inflected"),
    [("Gazze", "dat", "Gazze’ye"), ("İsrail", "acc", "İsrail’i"), ("Katar", "dat", "Katar’a"),
     ("Irak", "loc", "Irak’ta"),
     ("Kürdistan İşçi Partisi", "dat", "Kürdistan İşçi Partisi’ne"), ("Macron", "ins", "Macron ile"),
     ("Mısır", "abl", "Mısır’dan"), ("Ürdün", "acc", "Ürdün’ü"), ("Hamas", "nom", "Hamas"),
     ("Avrupa Birliği", "abl", "Avrupa Birliği’nden")],
)  # fmt: skip
def test_turkish_cases_follow_harmony(name, case, inflected):
    assert inflect(name, case, compound=name.endswith(("Partisi", "Birliği"))) == inflected


def row(kind: str, status: str = "actual", **more: object) -> dict[str, object]:
    return {"type": kind, "mode": None, "status": status, "actor": ["Israel"], "recipient": ["Hamas"], **more}


@pytest.mark.parametrize(
    ("fields", "english", "turkish"),
    [(row("ASSAULT"), "Israel attacked Hamas.", "İsrail, Hamas’a saldırdı."),
     (row("CONSULT", "future"), "Israel will meet Hamas.", "İsrail, Hamas ile görüşecek."),
     (row("AID", "negated"), "Israel did not give aid to Hamas, it is said.",
      "İsrail, Hamas’a yardım etmedi, deniyor."),
     (row("CONSULT", recipient=[]), "Israel met.", "İsrail görüştü."),
     (row("ASSAULT", actor=[], dead=2), "An unnamed party attacked Hamas; 2 dead.",
      "Adı verilmeyen bir taraf, Hamas’a saldırdı; 2 ölü."),
     (row("ASSAULT", recipient=["sivillere"]), "Israel attacked sivillere.",
      "İsrail saldırdı; karşı taraf: “sivillere”."),
     (row("CONSULT", recipient=["Egypt", "Qatar", "Hamas", "Iran"]), "Israel met Egypt, Qatar and 2 others.",
      "İsrail, Mısır, Katar ve 2 tarafla daha görüştü."),
     (row("AGREE", actor=["Egypt", "Qatar", "Israel", "Hamas"], recipient=[]), "Egypt, Qatar and 2 others agreed.",
      "Mısır, Katar ve 2 taraf daha anlaştı.")],
)  # fmt: skip
def test_a_happening_is_told_in_a_sentence(fields, english, turkish):
    assert sentence(fields, i18n.locale("en")) == english
    assert sentence(fields, i18n.locale("tr")) == turkish


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_type_mode_and_status_has_a_sentence(language):
    for kind in ontology().events.values():
        for mode in (None, *kind.modes):
            told = [sentence(row(kind.code, status, mode=mode), i18n.locale(language)) for status in STATUSES]
            assert len(set(told)) == 4, told  # actual and historical are told alike
            assert not any("None" in text or "{" in text for text in told)


def test_pieces_make_the_whole_text_and_overlapping_marks_lose_nothing():
    text = "Fidan Lavrov ile görüştü."
    marks = [Mark("mention", "m1", 0, 12), Mark("event", "e1", 6, 16), Mark("finding", "1", 0, 5)]
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    assert [(piece.text, piece.mark.kind if piece.mark else None) for piece in found] == [
        ("Fidan", "mention"), (" ", "mention"), ("Lavrov", "event"), (" ile", "event"), (" görüştü.", None),
    ]  # fmt: skip
    assert found[0].kinds == {"mention", "finding"}


def test_what_turns_the_direction_of_text_is_shown():
    assert plain("a\u202eb\u2066c\x00d") == "a\ufffdb\ufffdc\ufffdd"
    assert plain("سلام \u200fabc\n") == "سلام \u200fabc\n"


def test_the_projection_is_equal_earth():
    assert project(0, 0) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.01)
    assert project(180, 0)[0] == pytest.approx(WIDTH, abs=0.2)
    assert project(0, 90)[1] == pytest.approx(0, abs=0.2)
    ankara, cairo = project(32.85, 39.92), project(31.24, 30.04)
    assert ankara[0] > cairo[0] - 5
    assert ankara[1] < cairo[1]


def test_views_of_the_map_stay_on_it():
    for wish in ("world", "500_240_100", "0_0_100", "1000_487_20", "9999_999_9999", "3_3_0"):
        box = maps.asked_for(wish)
        assert box
        x, y, width, height = box
        assert 0 <= x <= x + width <= WIDTH + 0.01
        assert 0 <= y <= y + height <= HEIGHT + 0.01
        assert width / height == pytest.approx(WIDTH / HEIGHT, rel=0.01)
        for to in maps.moves(box).values():
            assert maps.asked_for(to) not in (None, box)
    assert "out" not in maps.moves(maps.WORLD)
    for nothing in ("", "a_b_c", "1_2", "1e9_2_3", "١_٢_٣"):
        assert maps.asked_for(nothing) is None


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [("", None, None), ("since=2023&until=2023", "2023-01", "2023-12"), ("until=2023-03-20", None, "2023-03")],
)
def test_the_months_of_a_time_are_marked(client, query, first, last):
    page = client.get(f"/map?{query}", headers=HTML).text
    months = re.findall(r'class="month( in)?" data-month="([0-9-]+)"', page)
    assert months
    assert [bool(marked) for marked, _ in months] == [
        (not first or month >= first) and (not last or month <= last) for _, month in months
    ]


def test_a_network_is_drawn_alike_each_time_with_linked_nodes_near():
    links = [(0, 1, 5), (2, 3, 5), (0, 2, 1)]
    places = layout(4, links)
    assert places == layout(4, links)
    assert layout(0, []) == []
    assert len(layout(1, [])) == 1
    near = sum((a - b) ** 2 for a, b in zip(places[0], places[1], strict=True))
    far = sum((a - b) ** 2 for a, b in zip(places[1], places[3], strict=True))
    assert near < far


def test_labels_of_a_network_cover_no_other_and_only_the_first_cover_nodes():
    places = [(0, 0), (20, 0), (40, 0), *((x, 900) for x in range(0, 900, 100)), (500, 0), (500, 22)]
    nodes = [{"x": x, "y": y, "r": 10, "label": "Katar"} for x, y in places]
    lines = readable(nodes, 19)
    assert lines[:3] == [29, -13.8, None]
    assert lines[-2:] == [-13.8, 51]
    assert readable([], 19) == []


def test_words_of_other_scripts_turn_nothing_around_them():
    assert isolated("“ثمانية أشخاص”; 6 <b>") == "“<bdi>ثمانية أشخاص</bdi>”; 6 &lt;b&gt;"
    assert isolated("İsrail saldırdı.") == "İsrail saldırdı."


def test_days_of_one_month_name_it_once():
    row = {"day": date(2024, 4, 20), "last_day": date(2024, 4, 21)}
    assert i18n.locale("en").days(row) == "April 20–21, 2024"
    assert i18n.locale("tr").days(row) == "20–21 Nisan 2024"


def test_sides_of_a_contradiction_are_in_the_language_of_the_page():
    assert i18n.locale("tr").side("status", "told as fact") == i18n.locale("tr")("status.actual")
    assert i18n.locale("tr").side("status", "denied") == i18n.locale("tr")("status.negated")


def test_so_many_people_are_nobody_in_the_network(tmp_path):
    made = Chronicle(tmp_path / "counted.duckdb")
    israel, people = state("ISR"), group("21 people", "PSE")
    made.add([coded("a", telling("ASSAULT", (israel,), (people, state("SYR")), words="attacked"))])
    assert [(pair["a"], pair["b"]) for pair in pairs(made, "actor")] == [("ISR", "SYR")]


@pytest.mark.parametrize(
    ("text", "said"),
    [("2023-06-03", "3 Haziran 2023"), ("2023-06", "Haziran 2023"), ("2023", "2023"), ("?", "?"), (None, "")],
)
def test_days_may_be_known_in_part(text, said):
    assert i18n.locale("tr").partial(text) == said


@pytest.mark.parametrize("path", ["/happenings", "/reports", "/actors", "/map", "/network", "/expectations",
                                  "/contradictions", "/"])  # fmt: skip
def test_an_empty_chronicle_says_how_to_fill_it_and_not_what_to_filter(tmp_path, path):
    empty = Chronicle(tmp_path / "empty.duckdb")
    with empty.writing() as add:
        add([])
    client = TestClient(create(empty, ALL))
    page = client.get(path, headers=HTML).text
    assert "<code>vakanuvis add" in page
    assert "Take one away" not in page
    if path != "/":
        assert "Take one away" in client.get(f"{path}?since=2023", headers=HTML).text


def test_the_choice_of_a_language_is_kept(client):
    client.cookies.clear()
    assert 'lang="en"' in client.get("/about?lang=en", headers=HTML).text
    assert 'lang="en"' in client.get("/about", headers={**HTML, "accept-language": "tr"}).text
    client.cookies.clear()
    assert 'lang="tr"' in client.get("/about", headers={**HTML, "accept-language": "de, tr;q=0.5"}).text


def test_the_token_opens_an_atlas_that_is_not_open(chronicle):
    with TestClient(create(chronicle, replace(ALL, open=False))) as closed:
        assert closed.get("/", headers=HTML).status_code == 401
        assert closed.post("/token", data={"token": "wrong", "back": "/"}, headers=HTML).status_code == 401
        form = {"token": TOKEN, "back": "//elsewhere.example/"}
        answer = closed.post("/token", data=form, headers=HTML, follow_redirects=False)
        assert answer.headers["location"] == "/"
        assert closed.get("/", headers=HTML).status_code == 200
