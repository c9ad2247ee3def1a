import { parseArgs } from "node:util";
import type { DescMessage, MessageShape } from "@bufbuild/protobuf";
import { LevelSchema } from "../gen/reviewpkg/v1/common_pb.js";
import { FindingStateSchema } from "../gen/reviewpkg/v1/finding_pb.js";
import { ReviewPackageSchema } from "../gen/reviewpkg/v1/package_pb.js";
import { RiskProfileSchema } from "../gen/reviewpkg/v1/profile_pb.js";
import { FileError, formatOf, readDocument, reasonOf, writeDocument } from "./files.js";
import { profileFits, report, setState } from "./review.js";
import { enumNumber, printable } from "./text.js";
import { brokenRules } from "./validation.js";

const usage = `usage:
  show PACKAGE --profile PROFILE [--level LEVEL]   risk, and open findings at LEVEL or above
  validate PACKAGE                                 the rules of the model
  set-state PACKAGE FINDING STATE OUT...           change a finding, write to each OUT
  roundtrip IN OUT                                 read a package, write it in the other form
PACKAGE, PROFILE, IN and OUT end in .json or .binpb.`;

// As those of reviewctl: 1 for a document with mistakes, 2 for wrong usage.
const invalid = 1;
const misuse = 2;

// A hostile file can break a rule in every one of its fields.
const most = 100;

/** Prints a line, such as console.log. */
export type Print = (line: string) => void;

class UsageError extends Error {}

/** Runs one command and returns the exit status. */
export function run(args: string[], out: Print, err: Print): number {
  try {
    const [command, ...rest] = args;
    switch (command) {
      case "show":
        return show(rest, out, err);
      case "validate":
        return validate(rest, out, err);
      case "set-state":
        return changeState(rest, err);
      case "roundtrip":
        return roundtrip(rest);
      default:
        throw new UsageError(`no command ${printable(command ?? "")}`.trim());
    }
  } catch (error) {
    if (error instanceof FileError) {
      err(error.message);
      return invalid;
    }
    if (error instanceof UsageError) {
      err(`${error.message}\n${usage}`);
      return misuse;
    }
    throw error;
  }
}

function show(args: string[], out: Print, err: Print): number {
  const { files, profile, level } = showArgs(args);
  const [file] = exactly(files, 1);
  const least = enumNumber(LevelSchema, level);
  if (least === undefined) {
    throw new UsageError(
      `--level ${printable(level)}: one of very-low, low, medium, high, very-high`,
    );
  }
  const pkg = readDocument(ReviewPackageSchema, file);
  if (!valid(ReviewPackageSchema, file, pkg.message, err)) {
    return invalid;
  }
  const { message } = readDocument(RiskProfileSchema, profile);
  if (!valid(RiskProfileSchema, profile, message, err)) {
    return invalid;
  }
  out(report(pkg.message, message, least));
  out(`\n${profileFits(pkg.message, pkg.data, message)}`);
  return 0;
}

function showArgs(args: string[]): { files: string[]; profile: string; level: string } {
  const options = { profile: { type: "string" }, level: { type: "string" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.profile === undefined) {
      throw new Error("--profile is missing");
    }
    return { files: positionals, profile: values.profile, level: values.level ?? "very-low" };
  } catch (error) {
    throw new UsageError(reasonOf(error));
  }
}

function validate(args: string[], out: Print, err: Print): number {
  const [file] = exactly(args, 1);
  if (!valid(ReviewPackageSchema, file, readDocument(ReviewPackageSchema, file).message, err)) {
    return invalid;
  }
  out(`${printable(file)}: keeps the rules of the model`);
  return 0;
}

function changeState(args: string[], err: Print): number {
  const [file = "", id = "", word = "", ...outs] = args;
  if (outs.length === 0) {
    throw new UsageError("set-state needs PACKAGE FINDING STATE OUT...");
  }
  outs.forEach(formatOf); // a wrong name is found before anything is written
  const state = enumNumber(FindingStateSchema, word);
  if (state === undefined) {
    const known = FindingStateSchema.values.slice(1).map((v) => v.localName.toLowerCase());
    throw new UsageError(`no state ${printable(word)}: one of ${known.join(", ")}`);
  }
  const { message } = readDocument(ReviewPackageSchema, file);
  if (!setState(message, id, state)) {
    throw new FileError(file, `has no finding ${printable(id)}`);
  }
  if (!valid(ReviewPackageSchema, file, message, err)) {
    return invalid;
  }
  for (const out of outs) {
    writeDocument(ReviewPackageSchema, out, message);
  }
  return 0;
}

function roundtrip(args: string[]): number {
  const [from, to] = exactly(args, 2);
  formatOf(to);
  writeDocument(ReviewPackageSchema, to, readDocument(ReviewPackageSchema, from).message);
  return 0;
}

/** Reports the rules that a document breaks; true if there are none. */
function valid<D extends DescMessage>(
  schema: D,
  file: string,
  message: MessageShape<D>,
  err: Print,
): boolean {
  const broken = brokenRules(schema, message);
  for (const { rule, path, message } of broken.slice(0, most)) {
    err(`${printable(file)}: ${printable(path || schema.name)}: ${printable(message)} [${rule}]`);
  }
  if (broken.length > most) {
    err(`${printable(file)}: and ${broken.length - most} more`);
  }
  return broken.length === 0;
}

function exactly(args: string[], count: 1): [string];
function exactly(args: string[], count: 2): [string, string];
function exactly(args: string[], count: number): string[] {
  if (args.length !== count) {
    throw new UsageError(`${count} file names are needed, and there are ${args.length}`);
  }
  return args;
}
