"""Runs cases of the conformance kit (examples/conformance)."""

import base64
import importlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import Message

from reviewpkg_client.files import Format, decode, encode
from reviewpkg_client.validation import Broken, broken_rules

# Importing generated code registers its messages; these import all others.
for _name in ("change", "import", "plan", "report"):
    importlib.import_module(f"reviewpkg.v1.{_name}_pb2")

# What a client without the Go SDK does not have.
LACKING = {
    "yaml": "YAML is read by the Go SDK only",
    "scoring": "scoring is in the Go SDK only",
}

# Documents that the library takes against the specification of protobuf, and the
# kit refuses. The list only gets shorter: an entry that is not needed fails.
LENIENT = {
    "json-bytes-other-signs": "protobuf leaves out signs that base64 does not have",
    "json-double-boolean": "protobuf takes a boolean for a number with a fraction",
    "json-enum-boolean": "protobuf takes a boolean for the number of an enum value",
    "json-enum-fraction": "protobuf cuts the fraction of the number of an enum value",
    "json-list-for-object": "protobuf takes an empty list for an object",
}


class Result(NamedTuple):
    """What became of a case."""

    id: str
    outcome: str
    """passed, failed, or not applicable."""
    reason: str = ""


class _FailedError(Exception):
    """A case does not hold."""


class _WronglyDecodedError(_FailedError):
    def __init__(self) -> None:
        super().__init__("was decoded, and should not be")


def run_case(case: dict[str, Any]) -> Result:
    """Runs a case; case.schema.json beside the cases says what it holds."""
    for need in (case["format"], *case.get("needs", ())):
        if need in LACKING:
            return Result(case["id"], "not applicable", LACKING[need])
    refused = case["expect"]["outcome"] == "undecodable"
    deviation = LENIENT.get(case["id"], "") if refused else ""
    try:
        _check(case)
    except Exception as error:  # whatever a library throws, the case has failed
        if deviation and isinstance(error, _WronglyDecodedError):
            return Result(case["id"], "not applicable", deviation)
        return Result(case["id"], "failed", str(error) or type(error).__name__)
    if deviation:
        return Result(case["id"], "failed", "passes: take it off the list of deviations")
    return Result(case["id"], "passed")


def _check(case: dict[str, Any]) -> None:
    kind: type[Message] = message_factory.GetMessageClass(
        descriptor_pool.Default().FindMessageTypeByName(case["message"])
    )
    expect = case["expect"]
    try:
        message = decode(kind, *_input(case))
    except ValueError:
        if expect["outcome"] == "undecodable":
            return
        raise
    if expect["outcome"] == "undecodable":
        raise _WronglyDecodedError
    if "json" in expect:
        _same(message, decode(kind, expect["json"].encode(), "json"), "the JSON that was expected")
    if "binary" in expect:
        binary = base64.b64decode(expect["binary"])
        _same(message, decode(kind, binary, "binary"), "the expected binary")
        # Equal messages are of equal length, unless a reader lost something.
        if len(encode(message, "binary")) != len(binary):
            raise _FailedError("has another length in binary than expected")
    again = decode(kind, encode(message, "binary"), "binary")
    _same(again, message, "itself after a round trip through binary")
    again = decode(kind, encode(message, "json"), "json")
    known = kind()
    known.CopyFrom(message)
    known.DiscardUnknownFields()  # JSON has no place for them
    _same(again, known, "itself after a round trip through JSON")
    found = _lines(broken_rules(message))
    expected = _lines(Broken(v["path"], v["rule"]) for v in expect.get("violations", ()))
    if found != expected:
        raise _FailedError(f"broken rules: {found or 'none'}; expected: {expected or 'none'}")


def _input(case: dict[str, Any]) -> tuple[bytes, Format]:
    if case["format"] == "binary":
        return base64.b64decode(case["base64"]), "binary"
    return case["text"].encode(), "json"


def _same(got: Message, want: Message, what: str) -> None:
    if got != want:
        raise _FailedError(f"is not equal to {what}")


def _lines(broken: Iterable[Broken]) -> str:
    return ", ".join(sorted(f"{b.path or '(message)'} {b.rule}" for b in broken))
