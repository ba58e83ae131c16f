"""Read a text: paste it or give a file, and see what is in it. Nothing is stored unless asked."""

from __future__ import annotations

import hmac
import io
from functools import partial
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas import questions
from vakanuvis.atlas.api.things import in_turn
from vakanuvis.atlas.i18n import chosen, locale
from vakanuvis.atlas.pages import view
from vakanuvis.atlas.pages.messages import translated
from vakanuvis.atlas.pages.reports import marked
from vakanuvis.atlas.safety import TRUSTED
from vakanuvis.errors import InputError
from vakanuvis.intake import Defaults, as_datetime, gather
from vakanuvis.records import Report

FIELDS = ("text", "published", "outlet", "title")


async def read(request: Request) -> Response:
    """The form, and below it what was found in the text that was sent."""
    if request.method != "POST":
        return _answer(request, 200, form={})
    async with request.form(max_files=1, max_fields=12) as sent:
        form = {name: str(sent.get(name) or "").strip() for name in FIELDS}
        form["text"] = str(sent.get("text") or "").replace("\r\n", "\n")
        store, token = bool(sent.get("store")), str(sent.get("token") or "")
        try:
            report = await _report(sent, form, request.app.state.settings.text)
        except InputError as error:
            fault = translated(error.reason, locale(chosen(request))) or error.reason
            return _answer(request, 422, form=form, fault=fault)
    if report is None:
        return _answer(request, 422, form=form, fault=locale(chosen(request))("read.empty"))
    may_store = request.scope[TRUSTED] or hmac.compare_digest(token.encode(), request.app.state.settings.token.encode())
    if store and not may_store:
        return _answer(request, 401, form=form, fault=locale(chosen(request))("token.wrong"))
    coding = await in_turn(request, partial(questions.read, report))
    added = await in_turn(request, partial(request.app.state.chronicle.add, [report])) if store else None
    sheet = marked(coding, locale(chosen(request)), {})
    return _answer(request, 200, form=form, sheet=sheet, report=report, added=added)


def _answer(request: Request, status: int, **values: Any) -> Response:
    nothing: dict[str, Any] = {"sheet": None, "report": None, "fault": None, "added": None}
    return view.page(request, "read.html", status, **nothing | values)


async def _report(sent: FormData, form: dict[str, str], longest: int) -> Report | None:
    """The report that was sent, as a text or as a file; None where there is neither.

    Raises:
        InputError: it cannot be read.
    """
    name, data = "text", form["text"].encode()
    file = sent.get("file")
    if not form["text"].strip():
        if not isinstance(file, UploadFile) or not file.filename:
            return None
        name, data = file.filename, await file.read()
    try:
        published = as_datetime(form["published"] or None)
    except ValueError as error:
        raise InputError("text", str(error)) from None
    defaults = Defaults(published=published, title=form["title"] or None, outlet=form["outlet"] or None)
    found = next(iter(gather(["-"], defaults=defaults, stdin=io.BytesIO(data))), None)
    if isinstance(found, InputError):
        raise InputError(name, found.reason)
    if found and len(found.text) > longest:
        raise InputError(name, f"{len(found.text):,} characters; {longest:,} are read here, more by `vakanuvis read`")
    return found


routes = [Route("/read", read, methods=["GET", "POST"], name="read")]
