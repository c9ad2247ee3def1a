"""Documents in files: canonical JSON and binary."""

import re
from pathlib import Path
from typing import Literal, TypeVar

from google.protobuf import json_format
from google.protobuf.message import DecodeError, Message

from reviewpkg_client.text import printable

Format = Literal["json", "binary"]
M = TypeVar("M", bound=Message)

# The limits of the Go SDK: what it refuses, no other program should take.
MAX_BYTES = 16 << 20
MAX_DEPTH = 100


class FileError(Exception):
    """A file that cannot be used; the text names it and says why."""

    def __init__(self, file: str | Path, reason: str) -> None:
        """Takes the file and the reason, either of which may be hostile."""
        super().__init__(f"{printable(str(file))}: {printable(reason)}")


def format_of(file: str | Path) -> Format:
    """Tells the form of a file by its extension."""
    match Path(file).suffix.lower():
        case ".json":
            return "json"
        case ".binpb" | ".pb":
            return "binary"
    raise FileError(file, "the name must end in .json, .binpb or .pb")


def decode(kind: type[M], data: bytes, form: Format) -> M:
    """Decodes a message, strictly: unknown fields in JSON are an error.

    Raises:
        ValueError: The data is no message of this kind.
    """
    message = kind()
    try:
        if form == "binary":
            message.ParseFromString(data)
        else:
            # Text that is not UTF-8 must not be mended silently; a byte order mark
            # is no mistake, though it is no part of JSON.
            text = data.decode("utf-8-sig")
            json_format.Parse(text, message, max_recursion_depth=MAX_DEPTH)
    except (json_format.ParseError, DecodeError) as error:
        # The place is named again at the end; what follows the first line is advice
        # for programmers.
        reason = re.sub(r"^(Failed to (parse \w+ field|load JSON): )+", "", str(error))
        raise ValueError(reason.partition("\n")[0]) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return message


def encode(message: Message, form: Format) -> bytes:
    """Encodes a message. JSON is indented, and equal to Go's in content only."""
    if form == "binary":
        return message.SerializeToString(deterministic=True)
    return (json_format.MessageToJson(message, ensure_ascii=False) + "\n").encode()


def read(kind: type[M], file: str | Path) -> tuple[M, bytes]:
    """Reads a document, and returns the message and the bytes it was read from.

    Raises:
        FileError: The file cannot be read, or is no document of this kind.
    """
    form = format_of(file)
    try:
        with open(file, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileError(file, error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise FileError(file, f"more than the {MAX_BYTES} bytes that are read")
    try:
        return decode(kind, data, form), data
    except ValueError as error:
        reason = f"not a {kind.DESCRIPTOR.name} in {form}: {error}"
        raise FileError(file, reason) from error


def write(file: str | Path, message: Message) -> None:
    """Writes a document in the form that the name of the file asks for.

    Raises:
        FileError: The file cannot be written.
    """
    data = encode(message, format_of(file))
    try:
        Path(file).write_bytes(data)
    except OSError as error:
        raise FileError(file, error.strerror or str(error)) from error
