import { type DescMessage, equals, type MessageShape } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { decode, encode, type Format, reasonOf } from "./files.js";
import { model } from "./model.js";
import { type Broken, brokenRules, byPathThenRule } from "./validation.js";

/** A case of the conformance kit; case.schema.json beside the cases has all of it. */
export interface Case {
  id: string;
  title: string;
  message: string;
  format: "json" | "yaml" | "binary";
  text?: string;
  base64?: string;
  needs?: string[];
  expect: {
    outcome: "accepted" | "undecodable" | "rejected";
    violations?: { rule: string; path?: string }[];
    json?: string;
    binary?: string;
  };
}

/** What became of a case. */
export interface Result {
  id: string;
  outcome: "passed" | "failed" | "not applicable";
  reason?: string;
}

// What a client without the Go SDK does not have.
const lacking: Record<string, string> = {
  yaml: "YAML is read by the Go SDK only",
  scoring: "scoring is in the Go SDK only",
};

// Documents that the library takes against the specification of protobuf, and
// the kit refuses. The list only gets shorter: an entry that is not needed fails.
const lenient: Record<string, string> = {
  "binary-length-below": "@bufbuild/protobuf lets a field go beyond the end of its message",
  "json-int64-space": "@bufbuild/protobuf takes space around a number of 64 bits in a text",
};

/** Runs a case. It never throws. */
export function runCase(one: Case): Result {
  const { id } = one;
  for (const need of [one.format, ...(one.needs ?? [])]) {
    const reason = lacking[need];
    if (reason !== undefined) {
      return { id, outcome: "not applicable", reason };
    }
  }
  const deviation = one.expect.outcome === "undecodable" ? lenient[id] : undefined;
  try {
    check(one);
  } catch (error) {
    return deviation !== undefined && error instanceof WronglyDecoded
      ? { id, outcome: "not applicable", reason: deviation }
      : { id, outcome: "failed", reason: reasonOf(error) };
  }
  return deviation === undefined
    ? { id, outcome: "passed" }
    : { id, outcome: "failed", reason: "passes: take it off the list of deviations" };
}

class WronglyDecoded extends Error {
  override message = "was decoded, and should not be";
}

function check(one: Case): void {
  const schema = model.getMessage(one.message);
  if (schema === undefined) {
    throw new Error(`the model has no message ${one.message}`);
  }
  const message = decodeOrFail(schema, one);
  if (message === undefined) {
    return;
  }
  const { json, binary } = one.expect;
  if (json !== undefined) {
    same(schema, message, decode(schema, utf8(json), "json"), "json");
  }
  if (binary !== undefined) {
    const data = base64Decode(binary);
    same(schema, message, decode(schema, data, "binary"), "binary");
    // Equal messages are of equal length, unless a reader lost something.
    if (encode(schema, message, "binary").length !== data.length) {
      throw new Error("has another length in binary than expected");
    }
  }
  for (const format of ["json", "binary"] as const) {
    same(schema, message, decode(schema, encode(schema, message, format), format), format);
  }
  const wanted = lines(one.expect.violations ?? []);
  const found = lines(brokenRules(schema, message));
  if (found !== wanted) {
    throw new Error(`broken rules: ${found || "none"}; expected: ${wanted || "none"}`);
  }
}

/** The message, or undefined if it cannot be decoded and should not. */
function decodeOrFail<D extends DescMessage>(schema: D, one: Case): MessageShape<D> | undefined {
  const wanted = one.expect.outcome !== "undecodable";
  let message: MessageShape<D>;
  try {
    message =
      one.format === "binary"
        ? decode(schema, base64Decode(one.base64 ?? ""), "binary")
        : decode(schema, utf8(one.text ?? ""), "json");
  } catch (error) {
    if (wanted) {
      throw error;
    }
    return undefined;
  }
  if (!wanted) {
    throw new WronglyDecoded();
  }
  return message;
}

function same<D extends DescMessage>(
  schema: D,
  got: MessageShape<D>,
  want: MessageShape<D>,
  from: Format,
): void {
  // JSON has no place for fields of a newer model; binary must keep them.
  if (!equals(schema, got, want, { registry: model, unknown: from === "binary" })) {
    throw new Error(`is not equal to what ${from} gives`);
  }
}

function lines(broken: readonly { rule: string; path?: string }[]): string {
  return broken
    .map(({ rule, path = "" }): Pick<Broken, "rule" | "path"> => ({ rule, path }))
    .sort(byPathThenRule)
    .map(({ rule, path }) => `${path || "(message)"} ${rule}`)
    .join(", ");
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
