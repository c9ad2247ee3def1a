import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { create, toBinary } from "@bufbuild/protobuf";
import { DocumentSchema, type Section, SectionSchema } from "../gen/reviewpkg/v1/document_pb.js";
import { ReviewPackageSchema } from "../gen/reviewpkg/v1/package_pb.js";
import { run } from "../src/cli.js";

function nested(depth: number): Section {
  let section = create(SectionSchema);
  for (let i = 0; i < depth; i++) {
    section = create(SectionSchema, { sections: [section] });
  }
  return section;
}

function deepBinary(): Uint8Array {
  const document = create(DocumentSchema, { sections: [nested(500)] });
  return toBinary(ReviewPackageSchema, create(ReviewPackageSchema, { documents: [document] }));
}

const sections = (depth: number) =>
  `{"documents":[${'{"sections":['.repeat(depth)}${"]}".repeat(depth)}]}`;

// Field 100, which the model does not have, opens a group again and again.
const groups = Uint8Array.from({ length: 100_000 }, (_, i) => (i % 2 === 0 ? 0xa3 : 0x06));

// What a document is, and what the message must say about it.
const documents: [name: string, data: string | Uint8Array, says: RegExp][] = [
  ["sections.json", sections(500), /recursion depth of 100/],
  ["lists.json", `{"labels":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /labels/],
  ["open.json", "[".repeat(100_000), /JSON/],
  ["deep.binpb", deepBinary(), /recursion depth of 100/],
  ["groups.binpb", groups, /recursion depth/],
  ["digits.json", `{"presentation":{"durationMinutes":${"9".repeat(10_000)}}}`, /duration_minutes/],
  ["exponent.json", '{"presentation":{"durationMinutes":1e999999}}', /duration_minutes/],
  ["unknown.json", '{"id":"x","\\u001b[2Jsurprise":1}', /"\\u\{001b\}\[2Jsurprise" is unknown/],
  ["twice.json", '{"id":"x","id":"y"}', /duplicate/],
  ["latin.json", Uint8Array.from([0x7b, 0x22, 0xff, 0x22]), /utf-8/],
  ["surrogate.json", '{"id":"\\ud800"}', /UTF8/],
  ["list.json", "[]", /ReviewPackage/],
  ["nothing.json", "", /end of JSON/],
  ["cut.binpb", Uint8Array.from([0x0a, 0x7f, 0x61]), /EOF/],
  ["rules.json", '{"id":"not an id"}', /id: .*\[string\.pattern\]/],
];

describe("a hostile file gives a message with its name, and no stack trace", () => {
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "reviewpkg-"));
  });
  after(() => rmSync(dir, { recursive: true }));

  function refuses(name: string, says: RegExp): void {
    const errors: string[] = [];
    const fail = (line: string) => assert.fail(line);
    assert.equal(
      run(["validate", join(dir, name)], fail, (line) => errors.push(line)),
      1,
    );
    const said = errors.join("\n");
    assert.match(said, says);
    for (const line of errors) {
      assert.ok(line.includes(`${name}: `), line);
      assert.doesNotMatch(line, /\p{Cc}|\bat .*:\d+/u);
      assert.ok(line.length < 1000);
    }
  }

  for (const [name, data, says] of documents) {
    test(name, () => {
      writeFileSync(join(dir, name), data);
      refuses(name, says);
    });
  }

  test("a file that is too large is not read", () => {
    writeFileSync(join(dir, "large.json"), "{");
    truncateSync(join(dir, "large.json"), (16 << 20) + 1);
    refuses("large.json", /16777216/);
  });

  test("a folder, and nothing at all", () => {
    mkdirSync(join(dir, "folder.json"));
    refuses("folder.json", /directory/);
    refuses("missing.json", /no such file/);
  });

  test("many mistakes do not flood the terminal", () => {
    const findings = Array.from({ length: 200 }, () => "{}").join();
    writeFileSync(join(dir, "many.json"), `{"findings":[${findings}]}`);
    const errors: string[] = [];
    run(["validate", join(dir, "many.json")], assert.fail, (line) => errors.push(line));
    assert.equal(errors.length, 101);
    assert.match(errors.at(-1) ?? "", /and \d+ more$/);
  });
});
