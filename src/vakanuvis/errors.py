"""Every error that Vakanüvis raises on purpose.

    VakanuvisError
    ├── InputError        an input cannot be read; names the file and, where known, the line
    ├── OutputError       a file cannot be written
    ├── AnnotationError   an annotation file breaks the format
    ├── ModelError        the model's files are missing or damaged
    ├── RegisterError     the register, the gazetteer or a lexicon holds a fault
    ├── FilterError       a filter or a query is not understood
    │   └── NotFound          there is no report or happening of this id
    └── ChronicleError    a chronicle cannot be opened, read or written
        ├── NotAChronicle     the file or database is something else, or damaged
        ├── ChronicleTooNew   it was written by a later version
        └── ChronicleBusy     another writer holds it
"""


class VakanuvisError(Exception):
    """Base of all errors that are meant for a user's eyes."""


class InputError(VakanuvisError):
    """An input cannot be read.

    Attributes:
        source: the file, URL or stream that the input came from.
        line: the line in it, counted from 1, where known.
        reason: what is wrong, in words for a user.
    """

    def __init__(self, source: str, reason: str, line: int | None = None) -> None:
        self.source, self.reason, self.line = source, reason, line
        super().__init__(f"{source}:{line}: {reason}" if line is not None else f"{source}: {reason}")


class OutputError(VakanuvisError):
    """A file cannot be written; the message names it."""


class AnnotationError(VakanuvisError):
    """An annotation file breaks the format that docs/annotating.md describes."""


class ModelError(VakanuvisError):
    """The model's files are missing or damaged."""


class RegisterError(VakanuvisError):
    """The register, the gazetteer or a lexicon holds a fault."""


class FilterError(VakanuvisError):
    """A filter or a query is not understood."""


class NotFound(FilterError):
    """There is no report, happening or actor of this id in the chronicle."""


class ChronicleError(VakanuvisError):
    """A chronicle cannot be opened, read or written."""


class NotAChronicle(ChronicleError):
    """The file or database is something else than a chronicle, or damaged."""


class ChronicleTooNew(ChronicleError):
    """The chronicle was written by a later version of Vakanüvis."""


class ChronicleBusy(ChronicleError):
    """Another writer holds the chronicle."""
