"""Saved HTML pages: the article out of the page; its title, day, outlet and address from its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from vakanuvis.intake.texts import decode

MAX_BYTES: Final = 32_000_000
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_START: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_LANG: Final = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z]+)*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What a saved page says. `published` is an ISO date, `language` the tag that the page gives itself."""

    text: str
    title: str | None
    published: str | None
    url: str | None
    outlet: str | None
    language: str | None


def is_page(text: str) -> bool:
    """Whether a text is an HTML page, by its beginning."""
    return _START.match(text.lstrip("\ufeff")[:4_000]) is not None


def extract(data: bytes) -> Page:
    """Take the article out of a page.

    Raises:
        ValueError: the data are no text, or no article is in the page.
    """
    # Trafilatura (Barbaresi 2021, ACL) takes a third of a second to import.
    import trafilatura

    label = _CHARSET.search(data[:4_096])
    html = decode(data, label[1].decode("ascii") if label else None).lstrip("\ufeff")
    document = trafilatura.bare_extraction(
        html,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # Without this a copyright line at the foot would pass for the day of publication.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    found = document.as_dict() if document is not None and not isinstance(document, dict) else document
    if not found or not found["text"]:
        raise ValueError("no article is found in the page")
    tag = _LANG.search(html[:4_096])
    headline, _, body = found["text"].partition("\n")
    if body.strip() and headline.strip() == (found["title"] or "").strip():
        found["text"] = body.lstrip("\n")  # the title is told once, as the title
    return Page(found["text"], found["title"], found["date"], found["url"], found["sitename"], tag[1] if tag else None)
