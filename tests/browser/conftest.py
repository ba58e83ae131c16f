"""An atlas that is served, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

import demonstration
import vakanuvis.extraction
from fakes import FakeExtractor
from served import ALL
from vakanuvis import api
from vakanuvis.atlas import create
from vakanuvis.atlas.serving import listen
from vakanuvis.store import Chronicle

OPTIONS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
PATIENCE = 120_000  # milliseconds: the machine that runs the tests may be busy
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    """The demo's chronicle, from its gold, with hostile reports."""
    return demonstration.chronicle(tmp_path_factory.mktemp("browser") / "demo.duckdb")


@pytest.fixture(scope="module")  # no longer: the stand-in must not outlive these tests
def atlas(chronicle: Chronicle) -> Iterator[str]:
    """The address of an atlas of `chronicle`, which reads texts by the stand-in for the model."""
    with pytest.MonkeyPatch.context() as patch:
        api._extractor.cache_clear()
        patch.setattr(vakanuvis.extraction, "Extractor", FakeExtractor)
        opened = listen("127.0.0.1", 0)
        app = create(chronicle, replace(ALL, hosts=("127.0.0.1",), time=PATIENCE / 1000))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)
        api._extractor.cache_clear()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        assert not os.environ.get("CI"), "CI needs Debian's chromium (.ci/packages.txt)"
        pytest.skip("no chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a page did that it should not.

    Attributes:
        foreign: requests to other hosts.
        complaints: errors and warnings of the console, and of scripts.
        expected: parts of complaints that a test brings about on purpose.
    """

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def unexpected(self) -> list[str]:
        """The complaints that no test brought about on purpose."""
        return [text for text in self.complaints if not any(part in text for part in self.expected)]


Open = Callable[..., Page]


@pytest.fixture
def opened(atlas: str, chromium: Browser) -> Iterator[Open]:
    """Opens a page of the atlas; afterwards sees that it asked no other host and that nothing complained."""
    watched: list[Watched] = []
    contexts = []

    def open_(
        path: str, *, width: int = 1200, expected: tuple[str, ...] = (), scripts: bool = True, theme: str = "light",
        language: str = "tr-TR",
    ) -> Page:  # fmt: skip
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale=language,
            color_scheme="dark" if theme == "dark" else "light", base_url=atlas,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page, seen = context.new_page(), Watched(expected=expected)
        watched.append(seen)
        page.on("request", lambda r: None if r.url.startswith((atlas, "data:")) else seen.foreign.append(r.url))
        page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [seen.foreign for seen in watched if seen.foreign] == []
    assert [seen.unexpected() for seen in watched if seen.unexpected()] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    return (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
