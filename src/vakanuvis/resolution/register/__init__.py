"""The register: polities, organisations, persons, offices, and who held which office from when to when.

Its data are the CSV tables in `data/` (docs/register.md); `load()` gives them as one `Register`.
"""

from vakanuvis.resolution.register.entries import Entry, Office, Organisation, Person, Polity, Source, Term
from vakanuvis.resolution.register.store import Register, load, user_folder

__all__ = [
    "Entry",
    "Office",
    "Organisation",
    "Person",
    "Polity",
    "Register",
    "Source",
    "Term",
    "load",
    "user_folder",
]
