"""From sources to codings: reads and codes what a chronicle does not hold yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from vakanuvis.errors import InputError
from vakanuvis.records import Coding, Report

if TYPE_CHECKING:
    from vakanuvis.extraction import Extractor

Source = Coding | Report | str | Path


class Coder:
    """The model and the register, loaded when the first report needs them."""

    def __init__(self) -> None:
        self._extractor: Extractor | None = None

    @property
    def versions(self) -> tuple[str, str]:
        """Versions of the model and of the register."""
        from vakanuvis.resolution.register import load

        return self._loaded().version, load().version

    def __call__(self, reports: Iterable[Report]) -> Iterator[Coding]:
        """The reports, read and coded one by one, in their order."""
        from vakanuvis.resolution import code_many

        return code_many(self._loaded().read_many(reports))

    def _loaded(self) -> Extractor:
        from vakanuvis.extraction import Extractor

        if self._extractor is None:
            self._extractor = Extractor.load()
        return self._extractor


def gathered(items: Iterable[Source] | str | Path, faults: list[InputError]) -> Iterator[Coding | Report]:
    """Codings and reports as they are, and the reports that files, folders and streams hold.

    What cannot be read is put into `faults`.
    """
    from vakanuvis.intake import gather

    for item in [items] if isinstance(items, (str, Path)) else items:
        if isinstance(item, (Coding, Report)):
            yield item
            continue
        for found in gather([str(item)]):
            if isinstance(found, InputError):
                faults.append(found)
            else:
                yield found
