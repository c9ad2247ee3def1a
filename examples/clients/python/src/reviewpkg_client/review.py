"""What a team wants to know of a package and of the profile that Go computed."""

import hashlib
from collections.abc import Iterator

from reviewpkg.v1.common_pb2 import Level
from reviewpkg.v1.finding_pb2 import Finding, FindingState
from reviewpkg.v1.package_pb2 import PACKAGE_STATUS_FINAL, ReviewPackage
from reviewpkg.v1.profile_pb2 import FindingRisk, RiskInterval, RiskProfile
from reviewpkg_client.text import enum_word, printable


def finding_by_id(package: ReviewPackage, id: str) -> Finding | None:
    """Returns the finding with an id, disputed or not."""
    findings = (*package.findings, *package.disputed_findings)
    return next((f for f in findings if f.id == id), None)


def open_findings(
    package: ReviewPackage, profile: RiskProfile, least: int
) -> Iterator[tuple[Finding, FindingRisk]]:
    """Yields open findings whose risk may be at a level or above, worst first.

    Which ones are open, and how grave they are, the profile says.
    """
    for risk in profile.findings:
        finding = finding_by_id(package, risk.finding)
        if finding is not None and risk.level_max >= least:
            yield finding, risk


def profile_fits(package: ReviewPackage, data: bytes, profile: RiskProfile) -> str:
    """Says whether a profile was made from the package that these bytes are."""
    if profile.package != package.id:
        return f"The profile is that of another package, {printable(profile.package)}."
    # The digest is that of canonical JSON, as Go writes it.
    if profile.package_digest == f"sha256:{hashlib.sha256(data).hexdigest()}":
        return "The profile was made from exactly this file."
    return (
        "The profile was made from another version of the package, "
        "or this file is not canonical JSON."
    )


def report(package: ReviewPackage, profile: RiskProfile, least: int) -> str:
    """Returns the report that `show` prints."""
    lines = [f"{printable(package.title)} ({printable(package.id)})"]
    if package.status != PACKAGE_STATUS_FINAL:
        lines.append("DRAFT: this package is not final.")
    lines += ["", f"Risk under {printable(profile.rubric)} {printable(profile.rubric_version)}:"]
    lines.append(_risk_line("", "overall", profile.overall))
    lines += [
        _risk_line(printable(d.dimension), printable(d.title), d.risk) for d in profile.dimensions
    ]
    found = list(open_findings(package, profile, least))
    lines += ["", f"Open findings at {enum_word(Level, least)} or above: {len(found)}"]
    for finding, risk in found:
        level = _range(risk.level_min, risk.level_max)
        state = enum_word(FindingState, finding.state)
        lines.append(f"  {printable(finding.id)}  {level}  {state}  {printable(finding.title)}")
    return "\n".join(lines)


def _risk_line(id: str, title: str, risk: RiskInterval) -> str:
    level = _range(risk.level_min, risk.level_max)
    return f"  {id:4}{title:50}{level:22}{risk.score_min} to {risk.score_max}"


def _range(low: int, high: int) -> str:
    words = enum_word(Level, low), enum_word(Level, high)
    return words[0] if low == high else " to ".join(words)
