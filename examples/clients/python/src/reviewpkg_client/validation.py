"""The rules that stand in the .proto files."""

import json
from typing import NamedTuple

import protovalidate
from google.protobuf.message import Message


class Broken(NamedTuple):
    """A rule of the model that a message breaks."""

    path: str
    """The field: findings[0].id; empty for a rule of the whole message."""
    rule: str
    """Id of the rule: string.pattern, finding.rejection."""
    message: str = ""
    """What is wrong, in words."""


def broken_rules(message: Message) -> list[Broken]:
    """Returns the rules that a message breaks, in the order of their paths.

    An empty list means that it keeps them. The Go SDK checks more, such as
    references between items.
    """
    violations = (v.proto for v in protovalidate.collect_violations(message))
    return sorted(Broken(_path(v), v.rule_id, v.message) for v in violations)


def _path(violation: protovalidate.ViolationPb) -> str:
    """Writes a path as protovalidate does in every language."""
    path = ""
    for element in violation.field.elements if violation.field else ():
        path += f".{element.field_name}" if path else element.field_name
        subscript = element.subscript
        if subscript is not None:
            path += f"[{json.dumps(subscript.value, ensure_ascii=False)}]"
    return path
