from __future__ import annotations

import re
from pathlib import Path

import pytest

from vakanuvis.annotation import passages, write
from vakanuvis.annotation.format import load, parse
from vakanuvis.errors import AnnotationError, InputError

ANNOTATIONS = sorted((Path(__file__).parents[2] / "data" / "annotations").glob("*.ann"))
GOOD = """## tr-1 | lang=tr | date=2025-11-05
[Fidan](PER m1), [Kahire](GPE m2)'de [Abdulati](PER m3) ile {görüştü}(CONSULT e1); 3 kişi öldü.
e1: actor=m1 recipient=m3 place=m2 status=actual mode=visit context=diplomatic,military dead=3
"""


def faults(text: str) -> list[str]:
    return [fault for passage in parse(text, "a.ann") for fault in passage.faults]


def test_a_record_becomes_a_reading():
    (passage,) = parse(GOOD, "a.ann")
    reading = passage.reading
    assert passage.faults == ()
    assert reading.report.text == "Fidan, Kahire'de Abdulati ile görüştü; 3 kişi öldü."
    assert (reading.report.id, reading.report.language, str(reading.report.day)) == ("tr-1", "tr", "2025-11-05")
    assert [(m.id, m.type, reading.words(m)) for m in reading.mentions] == [
        ("m1", "PER", "Fidan"),
        ("m2", "GPE", "Kahire"),
        ("m3", "PER", "Abdulati"),
    ]
    (event,) = reading.events
    assert (event.type, event.mode, event.status, event.context) == (
        "CONSULT",
        "visit",
        "actual",
        ("diplomatic", "military"),
    )
    assert (event.actor, event.recipient, event.place, event.dead) == (("m1",), ("m3",), ("m2",), 3)
    assert reading.words(event) == "görüştü"


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("## tr-1", "# tr-1", 1, "not a record"),
        ("date=2025-11-05", "date=2025-13-05", 1, "no such day"),
        ("(PER m1)", "(MAN m1)", 2, "m1: no mention type MAN"),
        ("(CONSULT e1)", "(TALK e1)", 2, "e1: no event type TALK"),
        ("[Fidan]", "[Fid]an[x]", 2, "a bracket is left"),
        ("(PER m1)", "(PER m1)lar", 2, "m1 cuts a word"),
        ("[Fidan]", "[Fidan ]", 2, "white space at its edge"),
        ("(PER m3)", "(PER m1)", 2, "m1 stands twice"),
        ("actor=m1", "actor=m9", 3, "e1: no mention m9"),
        ("status=actual", "status=maybe", 3, "not understood: 'status=maybe'"),
        ("status=actual ", "", 3, "e1: no status"),
        ("mode=visit", "mode=drone", 3, "not understood: 'mode=drone'"),
        ("military dead", "warlike dead", 3, "e1: no context warlike"),
        ("dead=3", "dead=some", 3, "not understood: 'dead=some'"),
        ("e1: ", "e2: ", 3, "no trigger for the line"),
        ("dead=3\n", "dead=3\ne1: status=actual context=legal\n", 4, "e1 has two lines"),
        ("dead=3\n", f"dead=3\n\n{GOOD}", 5, "the id tr-1 stands in line 1 already"),
    ],
)
def test_a_fault_names_its_file_and_line(old, new, line, fault):
    assert old in GOOD
    found = faults(GOOD.replace(old, new, 1))
    assert any(item.startswith(f"a.ann:{line}: ") and fault in item for item in found), found


def test_a_trigger_without_a_line_is_a_fault():
    assert any("no line for e1" in fault for fault in faults("\n".join(GOOD.splitlines()[:2])))


def test_a_faulty_record_does_not_hide_the_others():
    found = list(parse(f"nonsense\n\n\n{GOOD}\n## x | lang=tr | date=2025-01-01\n", "a.ann"))
    assert [passage.line for passage in found] == [1, 4, 8]
    assert [bool(passage.faults) for passage in found] == [True, False, True]


@pytest.mark.parametrize("path", ANNOTATIONS, ids=lambda path: path.name)
def test_the_projects_own_passages_are_free_of_faults_and_survive_a_round_trip(path):
    found = passages(path)
    assert [fault for passage in found for fault in passage.faults] == []
    for passage in found:
        (again,) = parse(write(passage.reading), path.name)
        assert again.faults == ()
        assert again.reading.to_dict() == passage.reading.to_dict()


def test_what_is_written_is_one_line_without_brackets():
    text = re.sub("; 3", "; (3", GOOD)
    (passage,) = parse(text, "a.ann")
    reading = passage.reading
    assert "(3 kişi" in write(reading)
    with pytest.raises(AnnotationError, match="date of publication"):
        write(type(reading)(type(reading.report)("x", "text", language="tr"), (), ()))


def test_loading_needs_a_readable_file_without_faults(tmp_path):
    path = tmp_path / "a.ann"
    with pytest.raises(InputError, match="No such file"):
        load(path)
    path.write_bytes(GOOD.encode("cp1254"))
    with pytest.raises(InputError, match="not UTF-8"):
        load(path)
    path.write_text(GOOD.replace("actual", "maybe"), encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"a\.ann:3"):
        load(path)
