"""Called by scripts/atlas-assets: subsets fonts, projects map shapes and bundles the chart library.

    python scripts/atlas_assets.py NODE_MODULES
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from vakanuvis.atlas.projection import HEIGHT, WIDTH, project

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src/vakanuvis/atlas/static"

LATIN = "U+20-7E,U+A0-FF,U+131,U+152-153,U+2010-2026,U+2030,U+2039-203A,U+20AC,U+2190-2193,U+2212"
# Turkish, the transliterations of Arabic, and names from Europe.
FURTHER = (
    "U+100-107,U+10C-10D,U+110-113,U+118-11B,U+11E-11F,U+128-130,U+141-144,U+147-148,U+14C-14D,U+150-151,"
    "U+158-15B,U+15E-163,U+168-16B,U+16E-171,U+179-17E,U+18F,U+218-21B,U+259,U+20BA"
)
FONTS = (
    ("@fontsource-variable/newsreader", "newsreader-{}-wght-normal.woff2"),
    ("@fontsource-variable/libre-franklin", "libre-franklin-{}-wght-normal.woff2"),
)
ENTRY = """
import embed from 'vega-embed';
import {expressionInterpreter} from 'vega-interpreter';
export {embed, expressionInterpreter};
"""


def fonts(modules: Path) -> None:
    """Cut the fonts down to the letters and weights in use."""
    folder = STATIC / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for package, name in FONTS:
        for part, letters in (("latin", LATIN), ("latin-ext", FURTHER)):
            font = TTFont(modules / package / "files" / name.format(part), recalcTimestamp=False)
            instancer.instantiateVariableFont(font, {"wght": (400, 700)}, inplace=True)
            options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "mark", "ccmp", "locl", "tnum"])
            worker = subset.Subsetter(options)
            worker.populate(unicodes=subset.parse_unicodes(letters))
            worker.subset(font)
            subset.save_font(font, folder / name.format(part).replace("-wght-normal", ""), options)
        licence = package.rpartition("/")[2] + "-OFL.txt"
        shutil.copyfile(modules / package / "LICENSE", folder / licence)
    arabic = modules / "@fontsource/noto-naskh-arabic"
    shutil.copyfile(arabic / "files/noto-naskh-arabic-arabic-400-normal.woff2", folder / "noto-naskh-arabic.woff2")
    shutil.copyfile(arabic / "LICENSE", folder / "noto-naskh-arabic-OFL.txt")


def maps(modules: Path) -> None:
    """Project Natural Earth's countries and write them as one path each for land and borders."""
    folder = STATIC / "map"
    folder.mkdir(parents=True, exist_ok=True)
    for scale, digits in (("110m", 1), ("50m", 2)):
        topology = json.loads((modules / "world-atlas" / f"countries-{scale}.json").read_text(encoding="utf-8"))
        arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
        land = "".join(_ring(ring, arcs, digits) for ring in _rings(topology["objects"]["land"]))
        uses: dict[int, int] = {}
        for ring in _rings(topology["objects"]["countries"]):
            for arc in ring:
                key = arc if arc >= 0 else ~arc
                uses[key] = uses.get(key, 0) + 1
        borders = "".join(_line(arcs[key], digits) for key, times in sorted(uses.items()) if times > 1)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
            f'<path id="land" d="{land}"/><path id="borders" fill="none" d="{borders}"/></svg>\n'
        )
        (folder / f"world-{scale}.svg").write_text(svg, encoding="utf-8")
    shutil.copyfile(modules / "world-atlas/LICENSE", folder / "world-atlas-LICENSE.txt")


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append(project(x * sx + tx, y * sy + ty))
    return points


def _rings(geometry: dict) -> list[list[int]]:
    match geometry["type"]:
        case "GeometryCollection":
            return [ring for part in geometry["geometries"] for ring in _rings(part)]
        case "MultiPolygon":
            return [ring for polygon in geometry["arcs"] for ring in polygon]
        case "Polygon":
            return list(geometry["arcs"])
    return []


def _ring(ring: list[int], arcs: list[list[tuple[float, float]]], digits: int) -> str:
    points = [p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    return _line(points, digits) + "Z"


def _line(points: list[tuple[float, float]], digits: int) -> str:
    path, last = [], None
    for point in points:
        now = tuple(round(v * 10**digits) for v in point)
        if now == last:
            continue
        dx, dy = (now[0] - last[0], now[1] - last[1]) if last else now
        parts = [f"{v / 10**digits:.{digits}f}".rstrip("0").rstrip(".") or "0" for v in (dx, dy)]
        # Rings that cross the 180th meridian go on at the other edge.
        step = "m" if abs(dx) > WIDTH / 2 * 10**digits else "l"
        path.append((step if last else "M") + " ".join("0" if p == "-0" else p for p in parts))
        last = now
    return "".join(path)


def charts(modules: Path) -> None:
    """Bundle the chart library, with the interpreter that needs no `eval`, into one module."""
    folder = STATIC / "vega"
    folder.mkdir(parents=True, exist_ok=True)
    entry = modules.parent / "entry.js"
    entry.write_text(ENTRY, encoding="utf-8")
    subprocess.run(
        [modules / ".bin/esbuild", entry, "--bundle", "--minify", "--format=esm", "--legal-comments=none",
         "--log-level=warning", f"--outfile={folder / 'vega.js'}"], check=True,
    )  # fmt: skip
    for package in ("vega", "vega-lite", "vega-embed", "vega-interpreter"):
        shutil.copyfile(modules / package / "LICENSE", folder / f"{package}-LICENSE.txt")


def axe(modules: Path) -> None:
    """Carry the accessibility checker for the browser tests."""
    folder = ROOT / "tests/browser"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(modules / "axe-core/axe.min.js", folder / "axe.min.js")
    shutil.copyfile(modules / "axe-core/LICENSE", folder / "axe-LICENSE.txt")


if __name__ == "__main__":
    for step in (fonts, maps, charts, axe):
        step(Path(sys.argv[1]))
