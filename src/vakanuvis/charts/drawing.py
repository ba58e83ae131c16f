"""Charts as files: JSON (Vega-Lite), SVG, PNG and HTML. No browser is needed, and nothing is fetched."""

from __future__ import annotations

import json
from typing import Any

import vl_convert

from vakanuvis.charts.declared import Drawn

FORMATS = ("svg", "png", "html", "json")


def specification(chart: Drawn) -> dict[str, Any]:
    """The Vega-Lite specification of a chart, its data within."""
    return chart.to_dict(validate=False)


def render(chart: Drawn, kind: str, *, scale: float = 2.0) -> bytes:
    """A chart as the bytes of a file.

    Args:
        chart: the chart.
        kind: one of `FORMATS`.
        scale: pixels of a PNG for each pixel of the chart.
    """
    found = specification(chart)
    if kind == "json":
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    if kind == "svg":
        return vl_convert.vegalite_to_svg(found, allowed_base_urls=[]).encode()
    if kind == "png":
        return vl_convert.vegalite_to_png(found, scale=scale, allowed_base_urls=[])
    return vl_convert.vegalite_to_html(found, bundle=True).encode()
