"""Text from documents, which are hostile, and text of the model's enums."""

import unicodedata

from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper

LONGEST = 300

# Control characters move the cursor, and invisible ones make a text look like
# another. A document may hold them; a terminal must not.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    """Returns text that is safe to print on one line, and not without end."""
    cut = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return "".join(
        f"\\u{{{ord(c):04x}}}" if unicodedata.category(c) in UNPRINTABLE else c for c in cut
    )


def enum_word(enum: EnumTypeWrapper, number: int) -> str:
    """Returns the value of an enum in words: LEVEL_VERY_HIGH is "very high"."""
    value = enum.DESCRIPTOR.values_by_number.get(number)
    if value is None:
        return str(number)
    return value.name.removeprefix(_prefix(enum)).lower().replace("_", " ")


def enum_number(enum: EnumTypeWrapper, word: str) -> int:
    """Returns the number of an enum value from its word, or its name.

    Raises:
        ValueError: There is no such value; the message lists those there are.
    """
    name = word.strip().upper().replace("-", "_").replace(" ", "_")
    for value in enum.DESCRIPTOR.values:
        if value.number != 0 and name in (value.name, value.name.removeprefix(_prefix(enum))):
            return value.number
    known = ", ".join(
        enum_word(enum, v.number).replace(" ", "-") for v in enum.DESCRIPTOR.values[1:]
    )
    raise ValueError(f"{printable(word)} is none of {known}")


def _prefix(enum: EnumTypeWrapper) -> str:
    # The style guide of protobuf gives every enum a first value of this name.
    return enum.DESCRIPTOR.values_by_number[0].name.removesuffix("UNSPECIFIED")
