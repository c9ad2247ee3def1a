"""The command line: reviewpkg-client COMMAND."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from google.protobuf.message import Message

from reviewpkg.v1.common_pb2 import LEVEL_VERY_LOW, Level
from reviewpkg.v1.finding_pb2 import FindingState
from reviewpkg.v1.package_pb2 import ReviewPackage
from reviewpkg.v1.profile_pb2 import RiskProfile
from reviewpkg_client import review
from reviewpkg_client.files import FileError, format_of, read, write
from reviewpkg_client.text import enum_number, printable
from reviewpkg_client.validation import broken_rules

T = TypeVar("T")

# As those of reviewctl: 1 for a document with mistakes; argparse has 2 for
# wrong usage.
INVALID = 1

# A hostile file can break a rule in every one of its fields.
MOST = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, and returns the exit status."""
    args = _parser().parse_args(argv)
    try:
        status: int = args.run(args)
        return status
    except FileError as error:
        print(error, file=sys.stderr)
        return INVALID


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reviewpkg-client", description="Review packages.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    show = commands.add_parser("show", help="risk, and open findings at a level or above")
    show.add_argument("package", type=_document)
    show.add_argument("--profile", type=_document, required=True)
    show.add_argument("--level", type=_level, default=LEVEL_VERY_LOW)
    show.set_defaults(run=_show)

    validate = commands.add_parser("validate", help="the rules of the model")
    validate.add_argument("package", type=_document)
    validate.set_defaults(run=_validate)

    state = commands.add_parser("set-state", help="change a finding, write to each OUT")
    state.add_argument("package", type=_document)
    state.add_argument("finding")
    state.add_argument("state", type=_state)
    state.add_argument("out", type=_document, nargs="+")
    state.set_defaults(run=_set_state)

    roundtrip = commands.add_parser("roundtrip", help="read a package, write it in the other form")
    roundtrip.add_argument("source", type=_document, metavar="in")
    roundtrip.add_argument("out", type=_document)
    roundtrip.set_defaults(run=_roundtrip)
    return parser


def _show(args: argparse.Namespace) -> int:
    package, data = read(ReviewPackage, args.package)
    profile, _ = read(RiskProfile, args.profile)
    if not (_valid(args.package, package) and _valid(args.profile, profile)):
        return INVALID
    print(review.report(package, profile, args.level))
    print(f"\n{review.profile_fits(package, data, profile)}")
    return 0


def _validate(args: argparse.Namespace) -> int:
    package, _ = read(ReviewPackage, args.package)
    if not _valid(args.package, package):
        return INVALID
    print(f"{printable(str(args.package))}: keeps the rules of the model")
    return 0


def _set_state(args: argparse.Namespace) -> int:
    package, _ = read(ReviewPackage, args.package)
    finding = review.finding_by_id(package, args.finding)
    if finding is None:
        raise FileError(args.package, f"has no finding {args.finding}")
    finding.state = args.state
    if not _valid(args.package, package):
        return INVALID
    for out in args.out:
        write(out, package)
    return 0


def _roundtrip(args: argparse.Namespace) -> int:
    package, _ = read(ReviewPackage, args.source)
    write(args.out, package)
    return 0


def _valid(file: Path, message: Message) -> bool:
    """Reports the rules that a document breaks; true if there are none."""
    broken = broken_rules(message)
    for path, rule, words in broken[:MOST]:
        where = printable(path) or message.DESCRIPTOR.name
        print(f"{printable(str(file))}: {where}: {printable(words)} [{rule}]", file=sys.stderr)
    if len(broken) > MOST:
        print(f"{printable(str(file))}: and {len(broken) - MOST} more", file=sys.stderr)
    return not broken


def _argument(read: Callable[[str], T]) -> Callable[[str], T]:
    """Makes wrong usage of the mistakes that reading an argument finds."""

    def parse(text: str) -> T:
        try:
            return read(text)
        except (FileError, ValueError) as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parse


@_argument
def _document(text: str) -> Path:
    format_of(text)
    return Path(text)


@_argument
def _level(text: str) -> int:
    return enum_number(Level, text)


@_argument
def _state(text: str) -> int:
    return enum_number(FindingState, text)
