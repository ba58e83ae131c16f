from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vakanuvis import intake
from vakanuvis.annotation import passages
from vakanuvis.errors import InputError
from vakanuvis.intake.texts import decode, fault
from vakanuvis.records import Report

ANNOTATIONS = Path(__file__).parents[2] / "data" / "annotations"


@given(st.text())
def test_utf_8_is_decoded_to_what_was_encoded(text):
    if fault(text) is None and not text.startswith(("%PDF", "PK\x03\x04")):
        assert decode(text.encode()) == text


@given(st.binary(max_size=400), st.sampled_from(["", ".txt", ".html", ".json", ".jsonl"]))
def test_no_bytes_whatever_break_it(tmp_path_factory, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    for found in (intake.gather([path]), intake.gather(["-"], stdin=io.BytesIO(data))):
        items = list(found)
        assert items
        assert all(isinstance(item, Report | InputError) for item in items)
        assert all(item.text.encode() for item in items if isinstance(item, Report))


@pytest.mark.parametrize(
    ("encoding", "language"),
    [("cp1254", "tr"), ("iso8859-9", "tr"), ("cp1252", "en"), ("cp1256", "ar"), ("iso8859-6", "ar")],
)
def test_old_encodings_of_the_annotated_passages(encoding, language):
    right = total = 0
    for path in sorted(ANNOTATIONS.glob("*.ann")):
        for passage in passages(path)[::5]:
            text = passage.reading.report.text if passage.reading else ""
            try:
                data = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            # A headline of 36 letters is too short to tell one script's encoding from another's.
            if passage.reading and passage.reading.report.language == language and len(data) >= 40:
                total += 1
                right += decode(data) == text
    assert total > 20
    assert right == total


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prezydent Polski spotkał się z premierem Węgier, żeby omówić sprawę; później wyjechał.", "cp1250"),
        ("Президент России встретился с премьер-министром Венгрии в Москве", "cp1251"),
        ("Ο πρωθυπουργός της Ελλάδας συναντήθηκε με τον πρόεδρο", "cp1253"),
        ("Der Außenminister sprach über die Lage in Österreich", "cp1252"),
    ],
)
def test_other_old_encodings(text, encoding):
    assert decode(text.encode(encoding)) == text
