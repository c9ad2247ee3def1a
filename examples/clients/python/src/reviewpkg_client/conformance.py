"""Runs all cases of the conformance kit: python -m reviewpkg_client.conformance [KIT].

Writes what became of each case to results/python.json in the kit, and exits 1 if
a case failed.
"""

import json
import platform
import sys
from collections import Counter
from importlib.metadata import version
from pathlib import Path

from reviewpkg_client.cases import run_case
from reviewpkg_client.text import printable


def main(kit: Path) -> int:
    """Runs the cases of a kit, and returns the exit status."""
    cases = [
        case
        for file in sorted(kit.glob("cases/*.json"))
        for case in json.loads(file.read_text("utf-8"))["cases"]
    ]
    results = [run_case(case) for case in cases]
    for case, result in zip(cases, results, strict=True):
        if result.outcome == "failed":
            print(f"failed {result.id} {printable(case['title'])}: {printable(result.reason)}")
    lacking = Counter(r.reason for r in results if r.outcome == "not applicable")
    for reason, times in lacking.items():
        print(f"not applicable, {times} times: {reason}")
    count = Counter(r.outcome for r in results)
    print(", ".join(f"{count[o]} {o}" for o in ("passed", "failed", "not applicable")))

    libraries = [f"{name} {version(name)}" for name in ("protobuf", "protovalidate")]
    report = {
        "language": "python",
        "version": ", ".join([f"python {platform.python_version()}", *libraries]),
        "results": [{k: v for k, v in r._asdict().items() if v} for r in results],
    }
    (kit / "results").mkdir(exist_ok=True)
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    (kit / "results" / "python.json").write_text(text, "utf-8")
    return 1 if count["failed"] or not results else 0


if __name__ == "__main__":
    here = Path(__file__).resolve()
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[4] / "conformance"))
