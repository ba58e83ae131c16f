"""Contradictions as JSON-LD in the manner of schema.org's ClaimReview, a sheet for fact-checkers.

Each says which reports claim what against which others; whether a claim is true is left to the fact-checker, so the
rating says "disputed" or, where the register knows better, "contradicted by the register", and has no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from vakanuvis.exports.documents import pages, write_document
from vakanuvis.store import Chronicle


def claims(chronicle: Chronicle, stream: IO[str], **filters: Any) -> int:
    """Write one JSON-LD document with a ClaimReview for each contradiction.

    Returns:
        How many were written.
    """
    return write_document(stream, '{"@context": "https://schema.org", "@graph": ', _reviews(chronicle, filters))


def _reviews(chronicle: Chronicle, filters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for page in pages(chronicle.contradictions, **filters):
        ids = {telling["report"] for row in page for side in ("tellings_a", "tellings_b") for telling in row[side]}
        reports = {row["id"]: row for row in chronicle.reports_by_id(sorted(ids)).to_pylist()}
        yield from (_review(row, reports) for row in page)


def _review(row: dict[str, Any], reports: dict[str, dict[str, Any]]) -> dict[str, Any]:
    known = row["found_by"] == "register"
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "author": {"@type": "SoftwareApplication", "name": "Vakanüvis"},
        "claimReviewed": f"{row['kind']}: {row['a']}",
        "itemReviewed": {"@type": "Claim", "appearance": _articles(row["tellings_a"], reports)},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "contradicted by the register" if known else "disputed between reports",
        },
        "about": {"@type": "Event", "identifier": row["happening"], "startDate": row["day"]},
    }
    if known:
        review["reviewBody"] = "; ".join(row["evidence"] or ())
        if row["candidates"]:
            review["mentions"] = [{"@type": "Thing", "name": name} for name in row["candidates"]]
    else:
        review["reviewBody"] = f"Others say: {row['b']}"
        review["citation"] = _articles(row["tellings_b"], reports)
    return review


def _articles(tellings: Iterable[dict[str, str]], reports: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    articles = []
    for telling in tellings:
        report = reports.get(telling["report"], {})
        article = {
            "@type": "NewsArticle",
            "identifier": telling["report"],
            "url": report.get("url"),
            "headline": report.get("title"),
            "datePublished": report.get("published"),
            "inLanguage": report.get("language"),
        }
        if report.get("outlet"):
            article["publisher"] = {"@type": "Organization", "name": report["outlet"]}
        articles.append({key: value for key, value in article.items() if value is not None})
    return articles
