"""The API's description (OpenAPI 3.1), made of the same declarations that answer, and its front door."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

import pyarrow as pa
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.api import charts, formats, things
from vakanuvis.atlas.api.lists import LISTS, List
from vakanuvis.atlas.api.things import THINGS, Thing
from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.problems import TITLES
from vakanuvis.charts import CHARTS
from vakanuvis.errors import VakanuvisError
from vakanuvis.store import Chronicle

Schema = dict[str, Any]

_TEXT = "Fidan, Kahire'de Mısırlı mevkidaşı Abdulati ile görüştü."
_REPORT: Schema = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1, "description": "The text; offsets count its characters."},
        "id": {"type": ["string", "null"]},
        "title": {"type": ["string", "null"]},
        "published": {"type": ["string", "null"], "description": "Day or time of publication, ISO 8601."},
        "outlet": {"type": ["string", "null"]},
        "language": {"type": ["string", "null"], "description": "ISO 639-1; detected where not given."},
        "url": {"type": ["string", "null"]},
    },
    "example": {"text": _TEXT, "published": "2025-01-05", "outlet": "Kıyı Postası"},
}
_PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "enum": [f"urn:vakanuvis:problem:{kind}" for kind in TITLES]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "example": {
        "type": "urn:vakanuvis:problem:filter", "title": TITLES["filter"], "status": 422,
        "detail": "type: there is no 'MEETING'; there are: ACCUSE, AGREE, ...",
    },
}  # fmt: skip


def schema_of(kind: pa.DataType) -> Schema:
    """The JSON schema of an Arrow type; everything may be null."""
    if pa.types.is_struct(kind):
        return {"type": ["object", "null"], "properties": {field.name: schema_of(field.type) for field in kind}}
    if pa.types.is_list(kind):
        return {"type": ["array", "null"], "items": schema_of(kind.value_type)}
    if pa.types.is_boolean(kind):
        return {"type": ["boolean", "null"]}
    if pa.types.is_integer(kind):
        return {"type": ["integer", "null"]}
    if pa.types.is_floating(kind):
        return {"type": ["number", "null"]}
    if pa.types.is_date(kind):
        return {"type": ["string", "null"], "format": "date"}
    return {"type": ["string", "null"]}


def _path(text: str) -> tuple[str, list[Schema]]:
    """A route's path as OpenAPI writes it, and its parameters."""
    names = re.findall(r"\{(\w+)", text)
    about = {"id": "Its id, as lists give it."}
    return re.sub(r":path\}", "}", text), [
        {"name": name, "in": "path", "required": True, "description": about[name],
         "schema": {"type": "string", "minLength": 1}}
        for name in names
    ]  # fmt: skip


def _problems(*more: int) -> Schema:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    words = {
        401: "The token is missing.", 404: "There is no such thing.", 406: "No such format.", 413: "Too large.",
        408: "The body came too slowly.", 415: "No such media type.", 422: "Something asked is not understood.",
        429: "Too many requests.", 500: "Something went wrong here.", 503: "Busy, or too slow.",
    }  # fmt: skip
    return {str(code): {"description": words[code], "content": content} for code in sorted({401, 429, 503, *more})}


def _list(spec: List, row: Schema, example: Any) -> Schema:
    path, in_path = _path(spec.path)
    name = re.sub(r"\W+", "_", path).strip("_")
    items = {
        "type": "object", "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": row},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page."},
        },
    }  # fmt: skip
    content: Schema = {formats.JSON: {"schema": items}, formats.CSV: {"schema": {"type": "string"}}}
    if example is not None:
        content[formats.JSON]["example"] = {"items": [example], "next": None}
    if spec.places:
        features = {"type": "object", "required": ["type", "features"]}
        content[formats.GEOJSON] = {"schema": features}
    not_found = (404,) if in_path else ()
    return {
        "summary": spec.about, "operationId": f"list_{name}",
        "parameters": [*in_path, *(parameter.describe() for parameter in spec.query.parameters)],
        "responses": {
            "200": {"description": spec.about, "content": content, "headers": {
                "Link": {"description": "The next page, where there is one.", "schema": {"type": "string"}},
                "ETag": {"description": "Names the answer; send it in `If-None-Match`.", "schema": {"type": "string"}},
            }},
            "304": {"description": "What `If-None-Match` names is still so."},
            **_problems(406, 422, *not_found),
        },
    }  # fmt: skip


def _thing(thing: Thing) -> Schema:
    path, in_path = _path(thing.path)
    return {
        "summary": thing.about, "operationId": "get_" + re.sub(r"\W+", "_", path).strip("_"),
        "parameters": [*in_path, *(parameter.describe() for parameter in thing.query.parameters)],
        "responses": {
            "200": {"description": thing.about, "content": {formats.JSON: {"schema": {"type": "object"}}}},
            "304": {"description": "What `If-None-Match` names is still so."},
            **_problems(404, 406, 422),
        },
    }  # fmt: skip


def _charts() -> dict[str, Schema]:
    pictures: Schema = {
        charts.SVG: {"schema": {"type": "string"}}, charts.PNG: {"schema": {"type": "string", "format": "binary"}},
        charts.VEGA_LITE: {"schema": {"type": "object"}}, formats.CSV: {"schema": {"type": "string"}},
    }  # fmt: skip
    found: dict[str, Schema] = {
        "/charts": {
            "summary": "The charts there are.", "operationId": "list_charts",
            "responses": {"200": {"description": "Their names.", "content": {formats.JSON: {"schema": {
                "type": "object", "required": ["items", "next"]}}}}, **_problems(422)},
        },
    }  # fmt: skip
    for chart in CHARTS.values():
        missing = (404,) if "happening" in chart.arguments else ()
        found[f"/charts/{chart.name}"] = {
            "summary": chart.about, "operationId": f"chart_{chart.name}",
            "parameters": [parameter.describe() for parameter in charts.query(chart).parameters],
            "responses": {"200": {"description": chart.about, "content": pictures}, **_problems(406, 422, *missing)},
        }  # fmt: skip
    return found


def _posts() -> dict[str, Schema]:
    report = {"$ref": "#/components/schemas/Report"}
    added = {"type": "object", "required": ["reports", "known", "events", "faults"]}
    one = {"application/json": {"schema": report}, "text/plain": {"schema": {"type": "string"}, "example": _TEXT}}
    many = {"application/json": {"schema": {"oneOf": [
        report, {"type": "array", "items": report, "minItems": 1, "maxItems": things.REPORTS},
    ]}}}  # fmt: skip
    faults = _problems(408, 413, 415, 422, 500)
    return {
        "/read": {
            "summary": "Read one report: its mentions, events and findings. Nothing is kept.", "operationId": "read",
            "requestBody": {"required": True, "content": one},
            "responses": {"200": {"description": "What was read.",
                                  "content": {formats.JSON: {"schema": {"type": "object"}}}}, **faults},
        },
        "/reports": {
            "summary": "Read reports and keep them. Needs the token.", "operationId": "add_reports",
            "security": [{"token": []}], "requestBody": {"required": True, "content": many},
            "responses": {
                code: {"description": words, "content": {formats.JSON: {"schema": added}}}
                for code, words in (("200", "All were known already."), ("201", "New reports were added."))
            } | faults,
        },
    }  # fmt: skip


def describe(chronicle: Chronicle) -> Schema:
    """The OpenAPI document. Examples of rows are the chronicle's own."""
    paths: dict[str, Schema] = {}
    schemas: dict[str, Schema] = {"Report": _REPORT, "Problem": _PROBLEM}
    for spec in LISTS:
        path, _ = _path(spec.path)
        row, example = _row(spec, chronicle)
        name = "".join(part.title() for part in re.findall(r"[a-z]+", spec.path))
        schemas[name] = row
        paths.setdefault(path, {})["get"] = _list(spec, {"$ref": f"#/components/schemas/{name}"}, example)
    for thing in THINGS:
        path, _ = _path(thing.path)
        paths.setdefault(path, {})["get"] = _thing(thing)
    for path, operation in _charts().items():
        paths.setdefault(path, {})["get"] = operation
    for path, operation in _posts().items():
        paths.setdefault(path, {})["post"] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vakanüvis", "version": version("vakanuvis"), "license": {"name": "Apache-2.0"},
            "description": "A chronicle of political events, each led back to the words of the reports that tell it.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }  # fmt: skip


def _row(spec: List, chronicle: Chronicle) -> tuple[Schema, Any]:
    """The schema of a list's rows and one of them; none where the chronicle has none yet."""
    needed = {p.name: p.example for p in spec.query.parameters if p.required}
    try:
        table = spec.ask(chronicle, **({"limit": 1} if spec.keys else needed))
    except (VakanuvisError, KeyError):
        return {"type": "object"}, None
    schema = {"type": "object", "properties": {field.name: schema_of(field.type) for field in table.schema}}
    return schema, next(iter(table.slice(0, 1).to_pylist()), None)


def _openapi(request: Request) -> Response:
    state = request.app.state
    if not hasattr(state, "openapi"):
        state.openapi = formats.to_json(describe(state.chronicle))
    return formats.respond(state.openapi, formats.JSON)


def _index(request: Request) -> Response:
    base = request.url.path.rstrip("/")
    listed = {spec.path: spec.about for spec in LISTS} | {thing.path: thing.about for thing in THINGS}
    listed |= {f"/charts/{chart.name}": chart.about for chart in CHARTS.values()}
    row = {
        "name": "Vakanüvis", "version": version("vakanuvis"), "openapi": f"{base}/openapi.json",
        "endpoints": {base + _path(path)[0]: about for path, about in listed.items()},
    }  # fmt: skip
    return formats.respond(formats.to_json(row), formats.JSON)


routes: list[Route] = [
    Route("/", threaded(_index), name="api"),
    Route("/openapi.json", threaded(_openapi), name="api/openapi"),
]
