import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Case, runCase } from "../src/cases.js";

const text = '{"title": "T", "id": "p", "schema": "reviewpkg.v1.ReviewPackage"}';
const required = [
  { rule: "required", path: "status" },
  { rule: "required", path: "project" },
];
const rejected: Case = {
  id: "rejected",
  title: "a package without what it must have",
  message: "reviewpkg.v1.ReviewPackage",
  format: "json",
  text,
  needs: ["validation"],
  expect: { outcome: "rejected", violations: required, json: text },
};

const refused: Partial<Case> = { expect: { outcome: "undecodable" } };

// A case that holds, changed so that it does not, or cannot be run.
const cases: [what: string, change: Partial<Case>, outcome: string, reason: RegExp][] = [
  ["a case that holds", {}, "passed", /^$/],
  ["an unknown message", { message: "reviewpkg.v1.Pear" }, "failed", /Pear/],
  ["a document that should be refused", refused, "failed", /should/],
  ["one that should not", { text: "{" }, "failed", /JSON/],
  ["another message", expecting({ json: text.replace("T", "U") }), "failed", /not equal/],
  ["another binary", expecting({ binary: "" }), "failed", /not equal/],
  ["a violation too few", expecting({ violations: required.slice(1) }), "failed", /broken rules/],
  ["YAML", { format: "yaml" }, "not applicable", /YAML/],
  ["scoring", { needs: ["scoring"] }, "not applicable", /scoring/],
  ["a deviation", { id: "json-int64-space", ...refused }, "not applicable", /64 bits/],
  ["one that is none", { id: "json-int64-space", ...refused, text: "{" }, "failed", /take it off/],
];

function expecting(change: Partial<Case["expect"]>): Partial<Case> {
  return { expect: { ...rejected.expect, ...change } };
}

describe("the runner of the conformance kit", () => {
  for (const [what, change, outcome, reason] of cases) {
    test(`${what}: ${outcome}`, () => {
      const result = runCase({ ...rejected, ...change });
      assert.equal(result.outcome, outcome);
      assert.match(result.reason ?? "", reason);
    });
  }
});
