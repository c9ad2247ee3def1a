import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { equals } from "@bufbuild/protobuf";
import { FindingState } from "../gen/reviewpkg/v1/finding_pb.js";
import { ReviewPackageSchema } from "../gen/reviewpkg/v1/package_pb.js";
import { run } from "../src/cli.js";
import { readDocument } from "../src/files.js";
import { findingById } from "../src/review.js";

const testdata = fileURLToPath(new URL("../../../testdata/", import.meta.url));
const barbican = join(testdata, "barbican.json");
const profile = join(testdata, "barbican-profile.json");
const read = (file: string) => readDocument(ReviewPackageSchema, file).message;

function call(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = run(
    args,
    (line) => out.push(line),
    (line) => err.push(line),
  );
  return { status, out: out.join("\n"), err: err.join("\n") };
}

describe("show", () => {
  test("prints the risk that Go computed", () => {
    const { status, out } = call("show", barbican, "--profile", profile);
    assert.equal(status, 0);
    assert.match(out, /^DRAFT/m);
    assert.match(out, /overall +high +843 to 884$/m);
    assert.match(out, /D5 +Dependencies.* +low to high +50 to 800$/m);
    assert.match(out, /made from exactly this file/);
  });

  for (const [level, count] of [
    ["low", 8],
    ["medium", 6],
    ["high", 2],
    ["VERY_HIGH", 0],
  ] as const) {
    test(`lists ${count} findings at ${level} or above`, () => {
      const { out } = call("show", barbican, "--profile", profile, "--level", level);
      assert.match(out, new RegExp(`or above: ${count}$`, "m"));
      assert.equal(out.match(/^ {2}finding-/gm)?.length ?? 0, count);
    });
  }

  test("knows no level of its own making", () => {
    const { status, err } = call("show", barbican, "--profile", profile, "--level", "grave");
    assert.equal(status, 2);
    assert.match(err, /grave: one of very-low/);
  });
});

describe("writing", () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "reviewpkg-"));
  });
  after(() => rmSync(dir, { recursive: true }));

  test("set-state changes the finding and nothing else, in both forms", () => {
    const [json, binary] = [join(dir, "next.json"), join(dir, "next.binpb")];
    assert.equal(call("set-state", barbican, "finding-1", "in-progress", json, binary).status, 0);
    const changed = read(json);
    assert.ok(equals(ReviewPackageSchema, changed, read(binary)));
    const finding = findingById(changed, "finding-1");
    assert.equal(finding?.state, FindingState.IN_PROGRESS);
    assert.ok(finding);
    finding.state = FindingState.REPORTED;
    assert.ok(equals(ReviewPackageSchema, changed, read(barbican)));
  });

  test("set-state writes nothing that breaks a rule", () => {
    const file = join(dir, "rejected.json");
    const { status, err } = call("set-state", barbican, "finding-1", "rejected", file);
    assert.equal(status, 1);
    assert.match(err, /barbican\.json: findings\[0\]: .*\[finding\.rejection\]/);
    assert.throws(() => readFileSync(file));
  });

  test("set-state names what there is not", () => {
    const file = join(dir, "none.json");
    assert.match(
      call("set-state", barbican, "finding-99", "agreed", file).err,
      /no finding finding-99/,
    );
    assert.match(call("set-state", barbican, "finding-1", "done", file).err, /no state done/);
    assert.match(call("set-state", barbican, "finding-1", "agreed", "x.yaml").err, /must end in/);
  });

  test("roundtrip gives the same package", () => {
    const [binary, json] = [join(dir, "trip.binpb"), join(dir, "trip.json")];
    assert.equal(call("roundtrip", barbican, binary).status, 0);
    assert.equal(call("roundtrip", binary, json).status, 0);
    assert.ok(equals(ReviewPackageSchema, read(barbican), read(json)));
  });
});

test("wrong usage is told apart from wrong documents", () => {
  for (const args of [[], ["shout"], ["show", barbican], ["roundtrip", barbican], ["validate"]]) {
    const { status, err } = call(...args);
    assert.equal(status, 2, args.join(" "));
    assert.match(err, /^usage:/m);
  }
});
