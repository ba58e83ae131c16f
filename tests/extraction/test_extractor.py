"""The model that the package carries, through its public face."""

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from itertools import islice, repeat
from pathlib import Path

import pytest

from vakanuvis.annotation import load
from vakanuvis.errors import ModelError
from vakanuvis.extraction import Extractor
from vakanuvis.records import Reading, Report

MODEL = Path(str(files("vakanuvis.extraction") / "model"))
ANNOTATIONS = Path(__file__).parents[2] / "data/annotations"
TURKISH = (
    "Dışişleri Bakanı Hakan Fidan, salı günü Kahire'de Mısırlı mevkidaşı Bedir Abdulati ile bir araya geldi. "
    "İsrail'in Gazze'ye saldırıları sürerken iki bakan ateşkes çağrısında bulundu."
)
ENGLISH = "Turkish police detained 12 protesters in Ankara on Monday. The opposition condemned the arrests."
ARABIC = "التقى وزير الخارجية التركي هاكان فيدان نظيره المصري بدر عبد العاطي في القاهرة أمس."
SPORT = "Galatasaray derbide rakibini 3-0 yendi. Icardi iki golle yıldızlaştı."


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor.load()


def report(text: str, key: str = "r", language: str = "tr") -> Report:
    return Report(key, text, language=language)


def shape(reading: Reading) -> dict[str, object]:
    return {key: value for key, value in reading.to_dict().items() if key in ("mentions", "events")}


def test_a_meeting_is_read_with_its_parties_and_place(extractor: Extractor) -> None:
    reading = extractor.read(report(TURKISH))
    meeting = next(e for e in reading.events if e.type == "CONSULT")
    assert reading.words(meeting) == "bir araya geldi"
    assert meeting.status == "actual"
    told = {role: [reading.words(reading.mention(m)) for m in getattr(meeting, role)] for role in ("actor", "place")}
    assert any("Hakan Fidan" in words for words in told["actor"])
    assert told["place"] == ["Kahire"]


@pytest.mark.parametrize(("text", "language", "kind"), [(ENGLISH, "en", "COERCE"), (ARABIC, "ar", "CONSULT")])
def test_other_languages_are_read(extractor: Extractor, text: str, language: str, kind: str) -> None:
    assert kind in {e.type for e in extractor.read(report(text, language=language)).events}


def test_sport_holds_no_event(extractor: Extractor) -> None:
    assert extractor.read(report(SPORT)).events == ()


def test_spans_are_whole_words_of_the_text_as_given(extractor: Extractor) -> None:
    text = "\ufeff" + TURKISH.replace(" ", "\r\n").replace("Dışişleri", "Dış\u00adişleri")
    reading = extractor.read(report(text))
    assert [reading.words(e) for e in reading.events if e.type == "CONSULT"] == ["bir\r\naraya\r\ngeldi"]
    assert any(reading.words(m).startswith("Dış\u00adişleri") for m in reading.mentions)


def test_a_reading_depends_on_its_report_alone() -> None:
    texts = [TURKISH, SPORT, ENGLISH, ARABIC, TURKISH * 12, "", "!"]
    reports = [report(text, f"r{i}") for i, text in enumerate(texts)]
    alone = [shape(Extractor.load(threads=1).read(r)) for r in reports]
    together = [shape(r) for r in Extractor.load(threads=3).read_many(reports)]
    backwards = [shape(r) for r in Extractor.load(threads=2).read_many(reports[::-1])][::-1]
    assert alone == together == backwards


def test_a_long_report_shows_no_seam(extractor: Extractor) -> None:
    """Where the windows lie does not change what is read: the same text, pushed on by one more passage before it."""
    passages = [r.report.text for r in load(ANNOTATIONS / "tr_domestic.ann")[:46]]
    text, before = "\n".join(passages[1:]), passages[0] + "\n"
    assert len(text) > 6000
    here = extractor.read(report(text)).events
    there = extractor.read(report(before + text)).events
    for one, other, shift in ((here, there, len(before)), (there, here, -len(before))):
        sure = {(e.type, e.start + shift) for e in one if e.confidence >= 0.8 and e.start + shift >= 0}
        found = {(e.type, e.start) for e in other}
        assert len(sure) > 30
        assert len(sure & found) >= 0.95 * len(sure)


def test_roles_are_found_beyond_the_first_section_of_a_very_long_report(extractor: Extractor) -> None:
    long = extractor.read(report("\n".join([TURKISH] * 80)))
    last = [e for e in long.events if e.type == "CONSULT"][-1]
    assert last.start > 70 * len(TURKISH)
    assert last.actor


def test_reports_stream(extractor: Extractor) -> None:
    endless = repeat(report(SPORT))
    assert len(list(islice(extractor.read_many(endless), 5))) == 5


def test_a_floor_of_confidence_leaves_out_the_rest(extractor: Extractor) -> None:
    everything = extractor.read(report(TURKISH))
    middle = sorted(e.confidence for e in everything.events)[len(everything.events) // 2]
    sure = extractor.read(report(TURKISH), min_confidence=middle)
    assert 0 < len(sure.events) < len(everything.events)
    assert all(e.confidence >= middle for e in sure.events)
    for event in sure.events:
        for key in (*event.actor, *event.recipient, *event.place, *event.time, *event.source):
            assert sure.mention(key)


def test_another_language_is_read_with_a_warning(extractor: Extractor) -> None:
    reading = extractor.read(report("Der Bundeskanzler traf den Präsidenten in Paris.", language="de"))
    assert "German" in reading.warnings[0]


def test_missing_and_damaged_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=str(tmp_path)):
        Extractor(tmp_path)
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model/reader.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError):
        Extractor(tmp_path / "model")


def test_the_model_is_small_and_needs_no_pytorch() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) < 60_000_000
    code = "import sys, vakanuvis.extraction; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert set(json.loads((MODEL / "model.json").read_text())) >= {"version", "settings", "transitions", "tags"}
