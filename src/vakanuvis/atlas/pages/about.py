"""About: the data, the model, the register, how to cite; and every chart's data."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from vakanuvis.atlas.handlers import threaded
from vakanuvis.atlas.pages import view
from vakanuvis.resolution.register import load


def about(request: Request) -> Response:
    """The page."""
    info = request.app.state.chronicle.info()
    register = load()
    return view.page(
        request, "about.html", info=info, counts=register.counts(), register=register.version, model=_model(),
        program=version("vakanuvis"), today=date.today(),
    )  # fmt: skip


@cache
def _model() -> dict[str, Any] | None:
    """What the model's files say of it; None where there is no model."""
    card = files("vakanuvis.extraction") / "model" / "model.json"
    if not card.is_file():
        return None
    found: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
    return found


routes = [Route("/about", threaded(about), name="about")]
