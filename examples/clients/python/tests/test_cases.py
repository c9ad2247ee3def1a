from typing import Any

import pytest

from reviewpkg_client.cases import LENIENT, run_case

TEXT = '{"title": "T", "id": "p", "schema": "reviewpkg.v1.ReviewPackage"}'
REQUIRED = [{"rule": "required", "path": "status"}, {"rule": "required", "path": "project"}]
EXPECT = {"outcome": "rejected", "violations": REQUIRED, "json": TEXT}
REFUSED = {"outcome": "undecodable"}
REJECTED = {
    "id": "rejected",
    "title": "a package without what it must have",
    "message": "reviewpkg.v1.ReviewPackage",
    "format": "json",
    "text": TEXT,
    "needs": ["validation"],
    "expect": EXPECT,
}


@pytest.mark.parametrize(
    ("change", "outcome", "reason"),
    [
        pytest.param({}, "passed", "", id="a case that holds"),
        pytest.param({"message": "reviewpkg.v1.Pear"}, "failed", "Pear", id="an unknown message"),
        pytest.param({"expect": REFUSED}, "failed", "should not", id="decoded wrongly"),
        pytest.param({"text": "{"}, "failed", "Expecting", id="not decoded"),
        pytest.param(
            {"expect": {**EXPECT, "json": TEXT.replace("T", "U")}},
            "failed",
            "not equal to the JSON",
            id="another message",
        ),
        pytest.param(
            {"expect": {**EXPECT, "binary": ""}}, "failed", "not equal to", id="another binary"
        ),
        pytest.param(
            {"expect": {**EXPECT, "violations": REQUIRED[1:]}},
            "failed",
            "broken rules",
            id="a violation too few",
        ),
        pytest.param({"format": "yaml"}, "not applicable", "YAML", id="YAML"),
        pytest.param({"needs": ["scoring"]}, "not applicable", "scoring", id="scoring"),
        pytest.param(
            {"id": min(LENIENT), "expect": REFUSED},
            "not applicable",
            LENIENT[min(LENIENT)],
            id="a deviation",
        ),
        pytest.param(
            {"id": min(LENIENT), "expect": REFUSED, "text": "{"},
            "failed",
            "take it off",
            id="a deviation that is none",
        ),
        pytest.param(
            {"format": "binary", "base64": "+gc=", "expect": REFUSED}, "passed", "", id="binary"
        ),
    ],
)
def test_run_case(change: dict[str, Any], outcome: str, reason: str) -> None:
    result = run_case({**REJECTED, **change})
    assert result.outcome == outcome
    assert reason in result.reason
    assert bool(result.reason) == (outcome != "passed")
