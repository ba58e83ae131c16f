"""Where chronicles are kept: a DuckDB file, or a PostgreSQL database."""

from vakanuvis.store.chronicle import Chronicle
from vakanuvis.store.filters import Filters
from vakanuvis.store.writing import Added

__all__ = ["Added", "Chronicle", "Filters"]
