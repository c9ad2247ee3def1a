import { createHash } from "node:crypto";
import { type Level, LevelSchema } from "../gen/reviewpkg/v1/common_pb.js";
import {
  type Finding,
  type FindingState,
  FindingStateSchema,
} from "../gen/reviewpkg/v1/finding_pb.js";
import { PackageStatus, type ReviewPackage } from "../gen/reviewpkg/v1/package_pb.js";
import type { RiskInterval, RiskProfile } from "../gen/reviewpkg/v1/profile_pb.js";
import { enumWord, printable } from "./text.js";

/** The finding with an id, disputed or not. */
export function findingById(pkg: ReviewPackage, id: string): Finding | undefined {
  return [...pkg.findings, ...pkg.disputedFindings].find((f) => f.id === id);
}

/** A finding that is open, and its risk as the Go SDK computed it. */
export interface OpenFinding {
  readonly finding: Finding;
  readonly levelMin: Level;
  readonly levelMax: Level;
}

/**
 * Open findings whose risk may be at a level or above, worst first. Which ones
 * are open, and how grave they are, the profile says: nothing is scored here.
 */
export function openFindings(
  pkg: ReviewPackage,
  profile: RiskProfile,
  least: Level,
): OpenFinding[] {
  return profile.findings
    .filter((risk) => risk.levelMax >= least)
    .flatMap(({ finding: id, levelMin, levelMax }) => {
      const finding = findingById(pkg, id);
      return finding === undefined ? [] : [{ finding, levelMin, levelMax }];
    });
}

/** Whether a profile was made from the package that these bytes are. */
export function profileFits(pkg: ReviewPackage, data: Uint8Array, profile: RiskProfile): string {
  if (profile.package !== pkg.id) {
    return `The profile is that of another package, ${printable(profile.package)}.`;
  }
  // The digest is that of canonical JSON, as Go writes it.
  const digest = `sha256:${createHash("sha256").update(data).digest("hex")}`;
  return digest === profile.packageDigest
    ? "The profile was made from exactly this file."
    : "The profile was made from another version of the package, or this file is not canonical JSON.";
}

/** The report that `show` prints. */
export function report(pkg: ReviewPackage, profile: RiskProfile, least: Level): string {
  const lines = [`${printable(pkg.title)} (${printable(pkg.id)})`];
  if (pkg.status !== PackageStatus.FINAL) {
    lines.push("DRAFT: this package is not final.");
  }
  lines.push("", `Risk under ${printable(profile.rubric)} ${printable(profile.rubricVersion)}:`);
  lines.push(riskLine("", "overall", profile.overall));
  for (const d of profile.dimensions) {
    lines.push(riskLine(printable(d.dimension), printable(d.title), d.risk));
  }
  const open = openFindings(pkg, profile, least);
  lines.push("", `Open findings at ${enumWord(LevelSchema, least)} or above: ${open.length}`);
  for (const { finding, levelMin, levelMax } of open) {
    const level = range(levelMin, levelMax);
    const state = enumWord(FindingStateSchema, finding.state);
    lines.push(`  ${printable(finding.id)}  ${level}  ${state}  ${printable(finding.title)}`);
  }
  return lines.join("\n");
}

/** Sets the state of a finding; false if the package has none with that id. */
export function setState(pkg: ReviewPackage, id: string, state: FindingState): boolean {
  const finding = findingById(pkg, id);
  if (finding === undefined) {
    return false;
  }
  finding.state = state;
  return true;
}

function riskLine(id: string, title: string, risk: RiskInterval | undefined): string {
  const level = risk === undefined ? "not assessed" : range(risk.levelMin, risk.levelMax);
  const score = risk === undefined ? "" : `${risk.scoreMin} to ${risk.scoreMax}`;
  return `  ${id.padEnd(4)}${title.padEnd(50)}${level.padEnd(22)}${score}`.trimEnd();
}

function range(min: Level, max: Level): string {
  const [low, high] = [enumWord(LevelSchema, min), enumWord(LevelSchema, max)];
  return min === max ? low : `${low} to ${high}`;
}
