"""What `scripts/atlas-assets` makes of map shapes: paths that close, and cross the edge of the map without a line."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

from vakanuvis.atlas.projection import HEIGHT, WIDTH

ROOT = Path(__file__).parents[2]


@pytest.fixture
def assets(tmp_path, monkeypatch):
    """The script, writing to a folder of its own."""
    specification = importlib.util.spec_from_file_location("atlas_assets", ROOT / "scripts/atlas_assets.py")
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "STATIC", tmp_path / "static")
    return module


def topology(*arcs):
    """Two countries that share the first arc, degrees in the measure of the transform."""
    rings = [[[0, 1]], [[~0, 2]]]
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": arcs,
        "objects": {
            "land": {"type": "GeometryCollection", "geometries": [{"type": "MultiPolygon", "arcs": [[[1, ~2]]]}]},
            "countries": {
                "type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": ring} for ring in rings]
            },
        },
    }  # fmt: skip


def paths(folder: Path) -> dict[str, str]:
    svg = (folder / "static/map/world-110m.svg").read_text(encoding="utf-8")
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in svg
    return dict(re.findall(r'<path id="(\w+)"[^>]* d="([^"]*)"', svg))


def made(assets, tmp_path, found):
    modules = tmp_path / "node_modules" / "world-atlas"
    modules.mkdir(parents=True)
    for scale in ("110m", "50m"):
        (modules / f"countries-{scale}.json").write_text(json.dumps(found), encoding="utf-8")
    (modules / "LICENSE").write_text("ISC", encoding="utf-8")
    assets.maps(tmp_path / "node_modules")
    return paths(tmp_path)


def test_land_is_closed_and_only_shared_arcs_are_borders(assets, tmp_path):
    # A square of 20 degrees, cut in two by the arc that both halves share.
    found = made(assets, tmp_path, topology([[10, 0], [0, 20]], [[10, 20], [-10, 0], [0, -20], [10, 0]],
                                            [[10, 0], [10, 0], [0, 20], [-10, 0]]))  # fmt: skip
    assert found["land"].startswith("M")
    assert found["land"].endswith("Z")
    assert found["borders"].count("M") == 1
    assert "Z" not in found["borders"]
    start = [float(number) for number in re.findall(r"-?[\d.]+", found["borders"])[:2]]
    assert start == pytest.approx([WIDTH / 2 + 26.4, HEIGHT / 2], abs=1.5)


def test_what_crosses_the_edge_goes_on_at_the_other_without_a_line(assets, tmp_path):
    found = made(assets, tmp_path, topology([[179, 0], [0, 5]], [[179, 5], [-358, 0], [0, -5]], [[179, 0], [1, 0]]))
    assert re.search(r"m-?9\d\d", found["land"])
    assert not re.search(r"l-?9\d\d", found["land"])


def test_the_licences_come_along(assets, tmp_path):
    made(assets, tmp_path, topology([[0, 0], [1, 1]], [[0, 0], [1, 1]], [[0, 0], [1, 1]]))
    assert (tmp_path / "static/map/world-atlas-LICENSE.txt").read_text(encoding="utf-8") == "ISC"
    for folder in ("fonts", "map", "vega"):
        assert list((ROOT / "src/vakanuvis/atlas/static" / folder).glob("*LICENSE*")) or list(
            (ROOT / "src/vakanuvis/atlas/static" / folder).glob("*OFL*")
        )
