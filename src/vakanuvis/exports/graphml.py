"""Who acts upon whom as a graph in GraphML, for network tools (Gephi, igraph, networkx)."""

from __future__ import annotations

import re
from typing import IO, Any
from xml.etree import ElementTree

from vakanuvis.store import Chronicle

# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NODE = {"name": "string", "entity": "string", "polity": "string", "sectors": "string", "happenings": "int"}
_EDGE = {
    "happenings": "int",
    "score_mean": "double",
    "verbal_cooperation": "int",
    "material_cooperation": "int",
    "verbal_conflict": "int",
    "material_conflict": "int",
    "first_day": "string",
    "last_day": "string",
}


def graphml(chronicle: Chronicle, stream: IO[str], **filters: Any) -> int:
    """Write a directed graph: a node an actor, an edge from actor to recipient with what passed between them.

    Returns:
        How many edges were written.
    """
    edges = chronicle.edges(**filters).to_pylist()
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for side, columns in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in columns.items():
            ElementTree.SubElement(
                root, "key", {"id": f"{side}_{name}", "for": side, "attr.name": name, "attr.type": kind}
            )
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    nodes: dict[str, dict[str, Any]] = {}
    for edge in edges:
        for side in ("actor", "recipient"):
            row = nodes.setdefault(edge[f"{side}_key"], {"happenings": 0})
            row["happenings"] += edge["happenings"]
            row.update({name: edge[f"{side}_{name}"] for name in ("name", "entity", "polity", "sectors")})
    numbers = {key: f"n{i}" for i, key in enumerate(sorted(nodes))}
    for key, number in numbers.items():
        _data(ElementTree.SubElement(graph, "node", id=number), "node", _NODE, nodes[key])
    for edge in edges:
        ends = {"source": numbers[edge["actor_key"]], "target": numbers[edge["recipient_key"]]}
        _data(ElementTree.SubElement(graph, "edge", ends), "edge", _EDGE, edge)
    ElementTree.indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n")
    return len(edges)


def _data(element: ElementTree.Element, side: str, columns: dict[str, str], row: dict[str, Any]) -> None:
    for name in columns:
        value = row.get(name)
        if value is not None:
            text = " ".join(value) if isinstance(value, list) else str(value)
            ElementTree.SubElement(element, "data", key=f"{side}_{name}").text = _NOT_XML.sub("", text)
