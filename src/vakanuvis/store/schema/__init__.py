"""The schema of a chronicle: numbered steps, run in their order, and the views that users may ask."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from vakanuvis.chronicle.matching import VERSION as MATCHING
from vakanuvis.errors import ChronicleTooNew, NotAChronicle
from vakanuvis.store.engines import Session

FORMAT = "Vakanüvis chronicle"


@cache
def steps() -> dict[int, str]:
    """The SQL of each version of the schema, on top of the one before."""
    found = {}
    for file in files(__name__).iterdir():
        match = re.fullmatch(r"(\d{4})\.sql", file.name)
        if match:
            found[int(match[1])] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def version() -> int:
    """The version that this program writes."""
    return max(steps())


def script(after: int = 0) -> str:
    """All SQL that makes a chronicle of version `after` one of today's; of version 0 means of nothing."""
    parts = [sql for number, sql in steps().items() if number > after]
    parts.append(files(__name__).joinpath("views.sql").read_text(encoding="utf-8"))
    if after == 0:
        parts.append(f"INSERT INTO meta VALUES ('format', '{FORMAT}'), ('schema', '{version()}');")
        parts.append(f"UPDATE meta SET value = '{MATCHING}' WHERE name = 'matching';")
    else:
        parts.append(f"UPDATE meta SET value = '{version()}' WHERE name = 'schema';")
    return "\n".join(parts)


def noted(session: Session) -> dict[str, str]:
    """What a chronicle notes of itself."""
    return dict(session.rows("SELECT name, value FROM meta"))


def unmatched_after(noted: Mapping[str, str]) -> int | None:
    """The number of the report up to which today's matching has got; -1 before it began, None where it is done."""
    if noted.get("matching") == str(MATCHING):
        return None
    begun, _, after = noted.get("rematching", "").partition(":")
    return int(after) if begun == str(MATCHING) else -1


def matched_up_to(session: Session, report: int | None) -> None:
    """Note the number of the report up to which today's matching has got; None where it is done."""
    session.rows("DELETE FROM meta WHERE name = 'rematching'")
    if report is None:
        session.rows("UPDATE meta SET value = ? WHERE name = 'matching'", [str(MATCHING)])
    else:
        session.rows("INSERT INTO meta VALUES ('rematching', ?)", [f"{MATCHING}:{report}"])


def version_of(session: Session, name: str) -> int:
    """The schema version of an opened chronicle.

    Raises:
        NotAChronicle: it is something else.
        ChronicleTooNew: a later version of Vakanüvis wrote it.
    """
    columns = session.rows(
        "SELECT column_name FROM information_schema.columns "
        # Other chronicles may be open in the same DuckDB at this moment.
        "WHERE table_name = 'meta' AND table_schema = current_schema() AND table_catalog = current_database() "
        "ORDER BY 1"
    )
    meta: dict[str, str] = {}
    if columns == [("name",), ("value",)]:
        meta.update((name, value) for name, value in session.rows("SELECT name, value FROM meta"))
    if meta.get("format") != FORMAT or not meta.get("schema", "").isdigit():
        raise NotAChronicle(f"{name}: this is no chronicle; it was left as it is")
    found = int(meta["schema"])
    if found > version():
        raise ChronicleTooNew(
            f"{name}: written by a later Vakanüvis (schema {found}, this one reads up to {version()}); update first"
        )
    return found
