from collections.abc import Callable
from pathlib import Path

import pytest

from reviewpkg.v1.finding_pb2 import FINDING_STATE_IN_PROGRESS, FINDING_STATE_REPORTED
from reviewpkg.v1.package_pb2 import ReviewPackage
from reviewpkg_client.cli import main
from reviewpkg_client.files import read
from reviewpkg_client.review import finding_by_id

TESTDATA = Path(__file__).resolve().parents[2] / "testdata"
BARBICAN = str(TESTDATA / "barbican.json")
PROFILE = str(TESTDATA / "barbican-profile.json")


def package(file: str | Path) -> ReviewPackage:
    return read(ReviewPackage, file)[0]


@pytest.fixture
def usage(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What wrong usage says: argparse ends the program for it."""

    def call(*args: str) -> str:
        with pytest.raises(SystemExit) as stopped:
            main(args)
        assert stopped.value.code == 2
        return capsys.readouterr().err

    return call


def test_show_prints_the_risk_that_go_computed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", BARBICAN, "--profile", PROFILE]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "DRAFT: this package is not final." in lines
    assert "overall high 843 to 884" in lines
    assert "D5 Dependencies, delegation and assumptions low to high 50 to 800" in lines
    assert "The profile was made from exactly this file." in lines


@pytest.mark.parametrize(
    ("level", "count"), [("low", 8), ("medium", 6), ("high", 2), ("VERY_HIGH", 0)]
)
def test_show_lists_findings_at_a_level_or_above(
    capsys: pytest.CaptureFixture[str], level: str, count: int
) -> None:
    assert main(["show", BARBICAN, "--profile", PROFILE, "--level", level]) == 0
    out = capsys.readouterr().out
    assert f"or above: {count}\n" in out
    assert out.count("\n  finding-") == count


def test_set_state_changes_the_finding_and_nothing_else(tmp_path: Path) -> None:
    outs = [tmp_path / "next.json", tmp_path / "next.binpb"]
    assert main(["set-state", BARBICAN, "finding-1", "in-progress", *map(str, outs)]) == 0
    changed, binary = map(package, outs)
    assert changed == binary
    finding = finding_by_id(changed, "finding-1")
    assert finding is not None
    assert finding.state == FINDING_STATE_IN_PROGRESS
    finding.state = FINDING_STATE_REPORTED
    assert changed == package(BARBICAN)


def test_set_state_writes_nothing_that_breaks_a_rule(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rejected.json"
    assert main(["set-state", BARBICAN, "finding-1", "rejected", str(out)]) == 1
    assert "barbican.json: findings[0]: " in (err := capsys.readouterr().err)
    assert "[finding.rejection]" in err
    assert not out.exists()


def test_set_state_names_what_there_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], usage: Callable[..., str]
) -> None:
    out = str(tmp_path / "none.json")
    assert main(["set-state", BARBICAN, "finding-99", "agreed", out]) == 1
    assert "has no finding finding-99" in capsys.readouterr().err
    assert "done is none of reported" in usage("set-state", BARBICAN, "finding-1", "done", out)
    assert "must end in" in usage("set-state", BARBICAN, "finding-1", "agreed", "x.yaml")


def test_roundtrip_gives_the_same_package(tmp_path: Path) -> None:
    binary, json = str(tmp_path / "trip.binpb"), str(tmp_path / "trip.json")
    assert main(["roundtrip", BARBICAN, binary]) == 0
    assert main(["roundtrip", binary, json]) == 0
    assert package(BARBICAN) == package(json)


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["shout"],
        ["show", BARBICAN],
        ["show", BARBICAN, "--profile", PROFILE, "--level", "grave"],
        ["roundtrip", BARBICAN],
        ["validate"],
    ],
)
def test_wrong_usage_is_told_apart_from_wrong_documents(
    usage: Callable[..., str], args: list[str]
) -> None:
    assert usage(*args).startswith("usage: ")
