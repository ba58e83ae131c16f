"""The schema of a chronicle: numbered steps, run in their order, and the views that users may ask."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

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
    else:
        parts.append(f"UPDATE meta SET value = '{version()}' WHERE name = 'schema';")
    return "\n".join(parts)


def version_of(session: Session, name: str) -> int:
    """The schema version of an opened chronicle.

    Raises:
        NotAChronicle: it is something else.
        ChronicleTooNew: a later version of Vakanüvis wrote it.
    """
    columns = session.rows(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'meta' AND table_schema = current_schema() ORDER BY 1"
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
