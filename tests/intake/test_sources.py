from __future__ import annotations

import io
import json
import os
import threading
from datetime import datetime
from pathlib import Path

import pytest

from vakanuvis import intake
from vakanuvis.errors import InputError
from vakanuvis.intake import Defaults, texts
from vakanuvis.records import Report

TURKISH = "Dışişleri Bakanı Fidan, İstanbul’da Mısırlı mevkidaşı ile görüştü; ateşkes için çağrı yaptı."


def gather(*sources: object, stdin: bytes = b"", **defaults: object) -> list[Report | InputError]:
    return list(intake.gather(map(str, sources), defaults=Defaults(**defaults), stdin=io.BytesIO(stdin)))


def only(*sources: object, stdin: bytes = b"") -> Report:
    (report,) = gather(*sources, stdin=stdin)
    assert isinstance(report, Report), report
    return report


def fault(*sources: object, stdin: bytes = b"") -> InputError:
    (error,) = gather(*sources, stdin=stdin)
    assert isinstance(error, InputError), error
    return error


@pytest.fixture
def write(tmp_path):
    def call(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return call


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "\ufeffBir haber.",
            "Bir\r\nhaber\rdaha\n.",
            "Bir\thaber \u200b\u200d\u00ad burada",
            "I\u0307stanbul i\u0307 e\u0301",
            "TÜRKİYE KINADI: IĞDIR",
            "👩‍👩‍👧‍👦 🇹🇷 haber",
            "\u202eالتقى\u202c الوزير",
            "form\x0cfeed",
        ],
    )
    def test_is_what_was_given(self, write, text):
        assert only(write("a.txt", text)).text == text
        assert only("-", stdin=text.encode()).text == text
        assert only(write("a.jsonl", json.dumps({"text": text}))).text == text

    @pytest.mark.parametrize("encoding", ["cp1254", "iso8859-9", "utf-16", "utf-8-sig"])
    def test_of_turkish_in_an_old_encoding_is_recognised(self, write, encoding):
        text = TURKISH if encoding != "iso8859-9" else TURKISH.replace("’", "'")
        found = only(write("a.txt", text.encode(encoding)))
        assert found.text.lstrip("\ufeff") == text
        assert found.language == "tr"

    @pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
    def test_of_arabic_in_an_old_encoding_is_recognised(self, write, encoding):
        text = "التقى وزير الخارجية السوري نظيره التركي في أنطاليا، واتفق الوزيران على تشكيل لجنة."
        assert only(write("a.txt", text.encode(encoding))).text == text

    def test_with_a_broken_byte_stays_utf_8(self, write):
        report = only(write("a.txt", TURKISH.encode().replace(b"ate", b"at\xff")))
        assert report.text == TURKISH.replace("ate", "at\ufffd")
        assert intake.warnings(report) == ("1 broken character in the text, shown as \ufffd",)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b" \n\t\xef\xbb\xbf\n", "empty"),
            (bytes(range(256)) * 20, "binary"),
            (b"%PDF-1.7 ...", "a PDF"),
            (b"PK\x03\x04....", "office document"),
            (b"word " * (texts.MAX_BYTES // 5 + 1), "more than 1 MB in one piece"),
            (b"a" * (texts.MAX_CHARACTERS + 1), "250,001 characters"),
        ],
    )
    def test_that_cannot_be_read_is_refused(self, write, content, reason):
        path = write("a.txt", content)
        error = fault(path)
        assert error.source == str(path)
        assert reason in error.reason


class TestLines:
    def test_fields_are_taken_over(self, write):
        row = {
            "id": 7,
            "text": "Fidan met Abdulati.",
            "title": "A title",
            "published": "2025-01-05T14:30:00+03:00",
            "url": "https://ornek.example/1",
            "outlet": "Örnek",
            "language": "en-GB",
            "more": [1],
        }
        path = write("feed.jsonl", json.dumps(row))
        report = only(path)
        published = datetime.fromisoformat("2025-01-05T14:30:00+03:00")
        assert report == Report(
            "7", row["text"], "A title", published, row["url"], "Örnek", "en", source=f"{path}:1"
        )  # fmt: skip

    def test_defaults_fill_what_is_not_told(self, write):
        path = write("feed.jsonl", '{"text": "a", "outlet": "Own"}\n{"text": "b"}')
        first, second = gather(path, outlet="Default", published=datetime(2025, 1, 5), language="en")
        assert (first.outlet, second.outlet) == ("Own", "Default")
        assert first.published == datetime(2025, 1, 5)
        assert first.language == "en"

    def test_the_printed_record_can_be_read_again(self, write):
        report = only(write("a.jsonl", '{"id": "a", "lang": "ar", "date": "2025-01-05", "text": "x", "mentions": []}'))
        assert (report.language, report.published) == ("ar", datetime(2025, 1, 5))

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ('{"text": ', "broken JSON at column"),
            ("[1]", "a JSON object is expected, here is a list"),
            ("{}", "no field 'text'"),
            ('{"text": null}', "no field 'text'"),
            ('{"text": 5}', "field 'text': a string is expected, here is a number"),
            ('{"text": "  "}', "empty"),
            ('{"text": "a", "published": "5.1.2025"}', "'5.1.2025' is no date"),
            ('{"text": "a", "id": true}', "field 'id'"),
            ('{"text": "\\ud83d"}', "half a character"),
            ('{"text": "a\\u0000"}', "binary"),
            ("[" * 100_000, "nested too deeply"),
            ('{"text": "a", "n": ' + "9" * 5000 + "}", "digits"),
        ],
    )
    def test_a_bad_line_is_named_and_the_rest_is_read(self, write, line, reason):
        path = write("feed.jsonl", f'{{"text": "before"}}\n{line}\n\n{{"text": "after"}}\n')
        before, error, after = gather(path)
        assert (before.text, after.text) == ("before", "after")
        assert (before.id, after.id) == ("feed:1", "feed:4")
        assert isinstance(error, InputError)
        assert (error.source, error.line) == (str(path), 2)
        assert reason in error.reason

    def test_an_endless_line_is_passed_over(self, write, monkeypatch):
        monkeypatch.setattr("vakanuvis.intake.sources._MAX_LINE_BYTES", 100)
        path = write("a.jsonl", b'{"text": "' + b"x" * 1_000 + b'"}\n{"text": "after"}')
        error, after = gather(path)
        assert (error.line, after.text, after.id) == (1, "after", "a:2")

    def test_a_blank_id_counts_as_none(self, write):
        assert only(write("a.jsonl", '{"id": " ", "text": "x"}')).id == "a:1"
        assert only(write("b.jsonl", '{"id": 0, "text": "x"}')).id == "0"

    def test_other_line_separators_do_not_end_a_line(self, write):
        assert only(write("a.jsonl", '{"text": "a\u2028b\x85c"}')).text == "a\u2028b\x85c"

    def test_lines_in_utf_16_or_windows_1254(self, write):
        row = json.dumps({"text": TURKISH}, ensure_ascii=False)
        assert only(write("a.jsonl", row.encode("utf-16"))).text == TURKISH
        assert only(write("b.jsonl", row.encode("cp1254"))).text == TURKISH

    def test_json_may_be_an_object_a_list_or_lines(self, write):
        assert only(write("a.json", '{\n "text": "a"}')).id == "a"
        reports = gather(write("b.json", '[{"text": "a"}, 5, {"text": "b"}]'))
        assert [getattr(r, "id", r.__class__.__name__) for r in reports] == ["b:1", "InputError", "b:3"]
        assert "item 2 of the list" in reports[1].reason
        assert [r.text for r in gather(write("c.json", '{"text": "a"}\n{"text": "b"}\n'))] == ["a", "b"]
        assert "broken JSON at line 2" in fault(write("d.json", '{"text": "a",\n}')).reason

    @pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
    def test_an_empty_file_is_named(self, write, name):
        assert "empty" in fault(write(name, b"")).reason


class TestPlaces:
    def test_a_folder_is_read_to_its_depth_in_the_order_of_names(self, write, tmp_path):
        for name in ("b.txt", "a.jsonl", "c/d.html", ".hidden/x.txt", ".y.txt", "picture.png", "c/e.TXT"):
            write(name, '{"text": "a"}' if name.endswith("l") else "text")
        names = [Path(r.source.split(":")[0]).name for r in gather(tmp_path)]
        assert names == ["a.jsonl", "b.txt", "d.html", "e.TXT"]

    def test_ids_are_unique_and_do_not_depend_on_the_order_of_reading(self, write, tmp_path):
        for name in ("a/x.txt", "b/x.txt", "b/y.txt", "x.txt"):
            write(name, "text")
        assert [r.id for r in gather(tmp_path)] == ["x", "a/x", "b/x", "y"]
        again = gather(tmp_path / "a", tmp_path / "a")
        assert len({r.id for r in again}) == 2

    def test_what_is_not_there_is_named(self, tmp_path):
        assert fault(tmp_path / "no.txt").reason == "no such file or folder"
        assert "no .txt" in fault(tmp_path).reason
        assert "not fetched" in fault("https://ornek.example/").reason
        assert fault("a\0b").reason == "no such file or folder"

    @pytest.mark.parametrize("name", ["a.csv", "a.xml", "a.ann"])
    def test_other_formats_are_refused_with_what_to_do(self, write, name):
        assert "JSON Lines" in fault(write(name, "text")).reason

    def test_a_file_that_cannot_be_opened_does_not_stop_the_rest(self, write, tmp_path):
        (tmp_path / "a.txt").symlink_to("gone")
        write("b.txt", "text")
        error, report = gather(tmp_path)
        assert (error.source, report.id) == (str(tmp_path / "a.txt"), "b")

    def test_standard_input_may_be_text_a_page_or_json(self):
        assert only("-", stdin=b"Bir haber.").id == "stdin"
        assert only("-", stdin=b' [{"text": "a"}]').text == "a"
        assert only("-", stdin=b'\n{"id": "7", "text": "a"}').id == "7"
        assert only("-", stdin=b"[Ankara] met").text == "[Ankara] met"
        page = b"<!doctype html><html><body><article><p>The ministers met in Cairo.</p></article></body></html>"
        assert only("-", stdin=page).text == "The ministers met in Cairo."

    def test_a_pipe_is_read_like_standard_input(self, tmp_path):
        path = tmp_path / "pipe"
        os.mkfifo(path)
        writer = threading.Thread(target=path.write_bytes, args=(b'{"text": "a"}\n{"text": "b"}\n',))
        writer.start()
        assert [report.text for report in gather(path)] == ["a", "b"]
        writer.join()

    def test_progress_is_counted_in_bytes(self, write, tmp_path):
        write("a.jsonl", '{"text": "a"}\n{"text": "b"}\n')
        write("b.txt", "text")
        gathering = intake.gather([str(tmp_path)])
        assert gathering.total == 32
        assert [gathering.done for _ in gathering] == [14, 28, 28]
        assert gathering.done == 32
        assert list(gathering) == list(gathering)
