"""What a reader does with the atlas, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from demonstration import NAMED
from served import TOKEN
from vakanuvis.store import Chronicle

PAGES = (
    "/", "/search?q=Hamas", "/search?q=zzzz", "/happenings", "/happenings?type=ASSAULT&until=2001", "/reports",
    "/actors", "/actors/TUR", "/actors/hamas", "/dyads", "/dyads/TUR/PSE", "/map", "/network", "/network?by=actor",
    "/expectations", "/expectations/record", "/contradictions", "/read", "/about", "/token",
)  # fmt: skip


def told_most(chronicle: Chronicle) -> str:
    """The path of the happening with most voices."""
    return f"/happenings/{chronicle.happenings(order='-voices', limit=1).to_pylist()[0]['id']}"


def test_the_way_from_search_to_happening_to_report_to_actor_to_dyad(opened):
    page = opened("/")
    page.get_by_role("searchbox").fill("Heniyye")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Heniyye")
    page.locator(".latest .item h3 a").first.click()
    page.wait_for_url("**/happenings/h*")
    evidence = page.locator(".tellings .mark").first
    words = evidence.inner_text()
    evidence.click()
    page.wait_for_url("**/reports/*#*")
    lit = page.locator(".text .mark:target")
    expect(lit).to_have_text(words)
    page.locator("article.record .who a[href^='/actors/']").first.click()
    page.wait_for_url("**/actors/*")
    expect(page.locator("#happenings")).to_be_visible()
    page.locator("section[aria-labelledby=partners] a").first.click()
    page.wait_for_url("**/dyads/*/*")
    page.locator(".chart svg.marks").wait_for()
    expect(page.locator("#changes")).to_be_visible()


def test_the_language_is_the_browsers_until_one_is_chosen_and_then_kept(opened):
    page = opened("/", language="tr-TR")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h2#latest")).to_have_text("Latest")
    page.get_by_role("link", name="Happenings", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_contain_text("Happenings")


def test_filters_narrow_the_list_and_make_an_address_to_share(opened):
    page = opened("/happenings?lang=en")
    page.get_by_text("Filter", exact=True).click()
    page.locator("select[name=type]").select_option("ASSAULT")
    page.get_by_label("Since").fill("2024")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/happenings?*type=ASSAULT*")
    assert "since=2024" in page.url
    assert "recipient=" not in page.url
    kinds = page.locator("main .item .kind").all_inner_texts()
    assert kinds
    assert all(kind.startswith("Assault") for kind in kinds)


def test_the_brush_chooses_a_time(opened):
    page = opened("/map")
    before = page.locator(".world .spot").count()
    months = page.locator(".brush .month")
    box = page.locator(".brush svg").bounding_box()
    assert box
    width = box["width"] / months.count()
    page.mouse.move(box["x"] + width * 2.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + width * 5.5, box["y"] + 20, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("since="))
    expect(page.locator(".brush .month.in")).to_have_count(4)
    assert page.locator(".world .spot").count() < before
    page.reload()
    expect(page.locator(".brush .month.in")).to_have_count(4)


def test_the_keyboard_moves_the_ends_of_the_brush(opened):
    page = opened("/map?lang=en")
    months = page.locator(".brush .month").count()
    begin = page.get_by_role("slider", name="From")
    begin.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("since="))
    expect(page.locator(".brush .month.in")).to_have_count(months - 2)
    expect(begin).to_be_focused()
    expect(begin).to_have_attribute("aria-valuenow", "2")
    page.keyboard.press("Home")
    expect(page).not_to_have_url(re.compile("since="))
    expect(page.locator(".brush .month.in")).to_have_count(months)


def view(page) -> list[float]:
    """What part of the map is shown: x, y, width and height."""
    return [float(value) for value in page.locator(".world svg").get_attribute("viewBox").split()]


def test_the_map_is_moved_by_pointer_and_keyboard_and_keeps_its_view(opened):
    page = opened("/map?lang=en")
    page.locator(".handle").first.wait_for()
    whole = view(page)
    page.get_by_role("link", name="Closer").click()
    near = view(page)
    assert near[2] == pytest.approx(whole[2] / 2)
    page.keyboard.press("ArrowRight")
    assert view(page)[0] == pytest.approx(near[0] + near[2] / 4)
    box = page.locator(".world svg").bounding_box()
    assert box
    before, address = view(page), page.url
    page.mouse.move(box["x"] + 20, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 20 + box["width"] / 10, box["y"] + 100, steps=3)
    page.mouse.up()
    assert view(page)[0] == pytest.approx(before[0] - before[2] / 10, abs=before[2] / 50)
    expect(page).not_to_have_url(address)
    moved = view(page)
    page.reload()
    assert view(page) == pytest.approx(moved, abs=0.2)


def test_the_map_moves_without_scripts(opened):
    page = opened("/map?lang=en", scripts=False)
    whole = view(page)
    page.get_by_role("link", name="Closer").click()
    page.get_by_role("link", name="South").click()
    assert view(page)[2] == pytest.approx(whole[2] / 2, abs=0.2)
    page.locator(".range [name=since]").select_option(index=3)
    page.get_by_role("button", name="Show").last.click()
    page.wait_for_url("**since=*")
    assert view(page)[2] == pytest.approx(whole[2] / 2, abs=0.2)


def test_a_text_is_read_and_nothing_is_stored_unless_asked(opened, chronicle):
    held = chronicle.info()["reports"]
    page = opened("/read?lang=en", expected=("401",))
    page.get_by_role("button", name="Take an example").click()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading .text .mark.event")).to_have_text("met")
    assert chronicle.info()["reports"] == held
    page.get_by_label("Store it in the chronicle").check()
    page.get_by_label("Token").fill("not the token at all")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    assert chronicle.info()["reports"] == held
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("status")).to_contain_text("in the chronicle now")
    assert chronicle.info()["reports"] == held + 1


def test_a_file_is_read(opened):
    page = opened("/read?lang=en")
    text = "Fidan, Lavrov ile görüştü."
    page.get_by_label("Or a file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading .text")).to_have_text(text)


def test_an_empty_form_is_answered_kindly(opened):
    page = opened("/read?lang=en", expected=("422",))
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_contain_text("Give a text")


def test_the_keyboard_reaches_all(opened):
    page = opened("/reports/gz-051?lang=en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    mark = page.locator(".text a.mark").first
    for _ in range(12):
        page.keyboard.press("Tab")
        if mark.evaluate("mark => mark === document.activeElement"):
            break
    expect(mark).to_be_focused()
    expect(page.locator(".card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)


def test_a_finding_stands_in_the_margin_with_its_evidence(opened):
    page = opened("/reports/gz-051?lang=en")
    finding = page.locator("article.finding").first
    expect(finding).to_contain_text("Hakan Fidan")
    expect(finding).to_contain_text("İbrahim Kalın")
    expect(page.locator(".text .mark.doubt").first).to_be_visible()


def test_light_and_dark_are_the_readers_choice_and_kept(opened):
    page = opened("/")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator("button.theme").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark


def test_pages_can_be_read_without_scripts(opened, chronicle):
    page = opened("/dyads/TUR/ISR?lang=en", scripts=False)
    picture = page.locator(".chart img")
    expect(picture).to_be_visible()
    assert page.request.get(picture.get_attribute("src")).headers["content-type"].startswith("image/svg+xml")
    page.goto("/reports/gz-051")
    expect(page.locator(".text .mark.event").first).to_be_visible()
    page.goto("/network")
    assert page.locator(".net circle").count() > 5
    page.goto("/map?since=2025-01")
    assert page.locator(".world .spot").count() > 1


@pytest.mark.parametrize(
    "path",
    ["/reports/hostile-script", f"/reports/{quote(NAMED, safe='')}", "/reports/hostile-turned", "/reports",
     "/happenings", "/actors", "/search?q=" + quote("<script>window.stolen=4</script>")],
)  # fmt: skip
def test_hostile_text_stays_text(opened, path):
    page = opened(path)
    assert page.evaluate("window.stolen") is None
    assert page.locator("a[href^='javascript:'], a[href^='data:'], img[src=x]").count() == 0
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page.locator("main").inner_text())


def test_a_title_of_ten_megabytes_makes_no_page_of_ten_megabytes(opened):
    page = opened("/reports/hostile-long")
    assert len(page.content()) < 60_000
    page.goto("/reports?text=Kuleba")
    assert len(page.content()) < 60_000


def test_no_page_is_wider_than_a_phone(opened, chronicle):
    page = opened("/", width=360)
    for path in (*PAGES, told_most(chronicle), "/reports/gz-051"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_the_first_page_weighs_less_than_150_kilobytes(opened):
    page = opened("/")
    weight = page.evaluate(
        "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
        ".reduce((sum, entry) => sum + entry.transferSize, 0)"
    )
    assert 20_000 < weight < 150_000


@pytest.mark.parametrize(("theme", "language"), [("light", "tr"), ("dark", "en")])
def test_accessible_by_wcag_22_aa(opened, chronicle, axe, theme, language):
    page = opened(f"/?lang={language}", theme=theme, expected=("404", "422"))
    faults = []
    for path in (*PAGES, told_most(chronicle), "/reports/gz-051", "/nowhere", "/happenings?type=NONE"):
        page.goto(path)
        if page.locator("[data-chart]").count():
            page.locator("[data-chart]").first.scroll_into_view_if_needed()
            page.locator(".chart svg.marks").first.wait_for()
        page.evaluate(axe)
        found = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )["violations"]
        faults += [(path, fault["id"], fault["nodes"][0]["html"][:160], len(fault["nodes"])) for fault in found]
    assert faults == []
