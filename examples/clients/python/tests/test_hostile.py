"""A hostile file gives a message with its name, and no stack trace."""

import unicodedata
from pathlib import Path

import pytest

from reviewpkg.v1.document_pb2 import Document, Section
from reviewpkg.v1.package_pb2 import ReviewPackage
from reviewpkg_client.cli import MOST, main
from reviewpkg_client.files import MAX_BYTES


def sections(depth: int) -> str:
    return '{"documents":[' + '{"sections":[' * depth + "]}" * depth + "]}"


DOCUMENTS = {
    "sections.json": (sections(150).encode(), "recursion depth"),
    "lists.json": (b'{"labels":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "recursion depth"),
    "open.json": (b"[" * 100_000, "recursion depth"),
    "groups.binpb": (b"\xa3\x06" * 50_000, "Error parsing"),
    "digits.json": (b'{"presentation":{"durationMinutes":' + b"9" * 10_000 + b"}}", "digits"),
    "exponent.json": (b'{"presentation":{"durationMinutes":1e999999}}', "durationMinutes"),
    "unknown.json": (b'{"id":"x","\\u001b[2Jsurprise":1}', "\\u{001b}[2Jsurprise"),
    "twice.json": (b'{"id":"x","id":"y"}', "duplicate key id"),
    "latin.json": (b'{"\xff"', "utf-8"),
    "surrogate.json": (b'{"id":"\\ud800"}', "surrogate"),
    "number.json": (b"1", "ReviewPackage"),
    "nothing.json": (b"", "Expecting value"),
    "cut.binpb": (b"\x0a\x7fa", "Error parsing"),
    "rules.json": (b'{"id":"not an id"}', "[string.pattern]"),
}


def refuses(file: Path, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    for line in said.err.splitlines():
        assert f"{file.name}: " in line
        assert len(line) < 1000
        assert not any(unicodedata.category(c) == "Cc" for c in line)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, says = DOCUMENTS[name]
    file = tmp_path / name
    file.write_bytes(data)
    refuses(file, says, capsys)


def test_deep_binary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = b""
    for _ in range(500):
        data = field(Section.SECTIONS_FIELD_NUMBER, data)
    document = field(Document.SECTIONS_FIELD_NUMBER, data)
    file = tmp_path / "deep.binpb"
    file.write_bytes(field(ReviewPackage.DOCUMENTS_FIELD_NUMBER, document))
    refuses(file, "MaxDepth", capsys)


def field(number: int, data: bytes) -> bytes:
    """Writes a field by hand: the library refuses to write what is too deep."""
    return varint(number << 3 | 2) + varint(len(data)) + data


def varint(value: int) -> bytes:
    if value < 0x80:
        return bytes([value])
    return bytes([value & 0x7F | 0x80]) + varint(value >> 7)


def test_too_large(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    refuses(file, str(MAX_BYTES), capsys)


def test_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.json").mkdir()
    refuses(tmp_path / "folder.json", "directory", capsys)
    refuses(tmp_path / "missing.json", "No such file", capsys)


def test_many_mistakes_do_not_flood_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.json"
    file.write_text('{"findings":[' + ",".join(["{}"] * 200) + "]}")
    assert main(["validate", str(file)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == MOST + 1
    assert lines[-1].endswith(" more")
