import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator } from "@bufbuild/protovalidate";

/** A rule of the model that a message breaks. */
export interface Broken {
  /** Id of the rule: string.pattern, finding.rejection. */
  readonly rule: string;
  /** Field: findings[0].id; empty for a rule of the whole message. */
  readonly path: string;
  /** What is wrong, in words. */
  readonly message: string;
}

// One for all: it compiles the rules of a message once.
const validator = createValidator();

/**
 * Checks the rules that stand in the .proto files. An empty list means that the
 * message keeps them; the Go SDK checks more, such as references between items.
 */
export function brokenRules<D extends DescMessage>(schema: D, message: MessageShape<D>): Broken[] {
  const result = validator.validate(schema, message);
  switch (result.kind) {
    case "valid":
      return [];
    case "invalid":
      return result.violations
        .map((v) => ({ rule: v.ruleId, path: pathToString(v.field), message: v.message }))
        .sort(byPathThenRule);
    default:
      throw result.error; // a rule that cannot be run: a defect of the model
  }
}

/** The order of violations in reports. */
export function byPathThenRule(
  a: Pick<Broken, "rule" | "path">,
  b: Pick<Broken, "rule" | "path">,
): number {
  return compare(a.path, b.path) || compare(a.rule, b.rule);
}

// Not localeCompare: the order must not depend on where the program runs.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
