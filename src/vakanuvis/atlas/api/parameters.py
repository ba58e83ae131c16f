"""What may be asked by query parameters: declared once, checked here, described by OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import QueryParams

from vakanuvis.errors import FilterError
from vakanuvis.ontology import STATUSES, ontology


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter.

    Attributes:
        name: its name.
        about: what it means.
        example: a value that makes sense.
        kind: "string", "integer", "number" or "boolean".
        many: whether it may be given several times.
        choices: the values allowed; any where empty.
        least, most: bounds of a number.
        required: whether it must be there.
        pattern: a regular expression that it fits.
    """

    name: str
    about: str
    example: Any = None
    kind: str = "string"
    many: bool = False
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    required: bool = False
    pattern: str | None = None

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        one: dict[str, Any] = {"type": self.kind}
        if self.kind == "string":
            one |= {"minLength": 1, "maxLength": LONGEST}
        if self.choices:
            one = {"type": "string", "enum": list(self.choices)}
        if self.pattern:
            one["pattern"] = self.pattern
        if self.least is not None:
            one["minimum"] = self.least
        if self.most is not None:
            one["maximum"] = self.most
        return {"type": "array", "items": one, "maxItems": MOST} if self.many else one

    def describe(self) -> dict[str, Any]:
        """Its OpenAPI object."""
        row = {"name": self.name, "in": "query", "description": self.about, "required": self.required}
        example = {} if self.example is None else {"example": [self.example] if self.many else self.example}
        return {**row, "schema": self.schema(), **example}

    def read(self, text: str) -> Any:
        """A value of it.

        Raises:
            FilterError: it is none.
        """
        if not text or len(text) > LONGEST or "\0" in text:
            raise FilterError(f"{self.name}: give 1 to {LONGEST} characters")
        if self.pattern and not re.search(self.pattern, text):
            if self.pattern == _DAY:
                raise FilterError(f"{self.name}: {text!r} is no date; write 2023, 2023-05 or 2023-05-17")
            raise FilterError(f"{self.name}: {text!r} is not understood; write it as {self.example}")
        if self.choices and text not in self.choices:
            raise FilterError(f"{self.name}: there is no {text!r}; there are: {', '.join(self.choices)}")
        if self.kind == "boolean":
            if text not in ("true", "false"):
                raise FilterError(f"{self.name}: write true or false, not {text!r}")
            return text == "true"
        if self.kind in ("integer", "number"):
            return self._number(text)
        return text

    def _number(self, text: str) -> float:
        try:
            value: float = int(text) if self.kind == "integer" else float(text)
        except ValueError:
            what = "whole number" if self.kind == "integer" else "number"
            raise FilterError(f"{self.name}: {text!r} is no {what}") from None
        low, high = self.least, self.most
        if not (low is None or value >= low) or not (high is None or value <= high):
            raise FilterError(f"{self.name}: between {low:.10g} and {high:.10g}, not {text}")
        return value


LONGEST, MOST = 500, 50  # characters of a value, values of one parameter
_DAY = r"^[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?$"


def _day(name: str, about: str, example: str) -> Parameter:
    return Parameter(name, about, example, pattern=_DAY)


def _codes(name: str, about: str, choices: Sequence[str]) -> Parameter:
    return Parameter(name, about, choices[0], many=True, choices=tuple(choices))


def _modes() -> list[str]:
    return sorted({mode for kind in ontology().events.values() for mode in kind.modes})


SINCE = _day("since", "First day: 2023, 2023-05 or 2023-05-17.", "2023")
UNTIL = _day("until", "Last day, itself included.", "2025-12")
FILTERS: tuple[Parameter, ...] = (
    Parameter("actor", "Who acts: a polity's code or name, a register's id, or words of a name.", "TUR", many=True),
    Parameter("recipient", "Who is acted upon, in the same ways.", "PSE", many=True),
    Parameter("either", "Who is one of the two.", "Hamas", many=True),
    _codes("type", "PLOVER event type.", list(ontology().events)),
    _codes("mode", "PLOVER mode.", _modes()),
    _codes("context", "PLOVER context.", list(ontology().contexts)),
    _codes("status", "Whether it happened.", STATUSES),
    Parameter("place", "A country's code or name, or a region, district, town or site.", "Ankara", many=True),
    SINCE,
    UNTIL,
    Parameter("outlet", "Who published it.", "Kıyı Postası", many=True),
    Parameter("language", "Language of the report, ISO 639-1.", "tr", many=True, pattern="^[A-Za-z]{2,3}$"),
    Parameter("text", "Words of a report, in any inflection; all of them must be there.", "ateşkes", many=True),
    Parameter("confidence", "At least this confidence.", 0.5, kind="number", least=0, most=1),
    Parameter("voices", "At least so many independent voices.", 2, kind="integer", least=0, most=1_000_000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters that a question takes."""

    parameters: tuple[Parameter, ...] = field(default=())

    def read(self, given: QueryParams) -> dict[str, Any]:
        """The values given, by name; several where the parameter may have several.

        Raises:
            FilterError: a parameter is unknown, missing or not understood.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise FilterError(f"there is no parameter {name!r}; there are: {', '.join(known)}")
        values: dict[str, Any] = {}
        for name, parameter in known.items():
            texts = given.getlist(name)
            if not texts:
                if parameter.required:
                    raise FilterError(f"{name}: it must be given")
                continue
            if len(texts) > (MOST if parameter.many else 1):
                raise FilterError(f"{name}: given {len(texts)} times")
            found = [parameter.read(text) for text in texts]
            values[name] = found if parameter.many else found[0]
        return values
