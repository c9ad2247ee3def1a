// Runs the cases of examples/conformance and writes what became of each.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Case, type Result, runCase } from "./cases.js";
import { printable } from "./text.js";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const kit = process.argv[2] ?? here("../../../../conformance");
const files = readdirSync(join(kit, "cases"))
  .filter((name) => name.endsWith(".json"))
  .sort();
const results: Result[] = [];
for (const file of files) {
  const { cases } = JSON.parse(readFileSync(join(kit, "cases", file), "utf8")) as { cases: Case[] };
  for (const one of cases) {
    const result = runCase(one);
    results.push(result);
    if (result.outcome === "failed") {
      console.log(`failed ${result.id} ${printable(one.title)}: ${printable(result.reason ?? "")}`);
    }
  }
}

const count = (outcome: Result["outcome"]) => results.filter((r) => r.outcome === outcome);
const reasons = new Map<string, number>();
for (const { reason = "" } of count("not applicable")) {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}
for (const [reason, times] of reasons) {
  console.log(`not applicable, ${times} times: ${reason}`);
}
const failed = count("failed").length;
console.log(
  `${count("passed").length} passed, ${failed} failed, ${count("not applicable").length} not applicable`,
);

mkdirSync(join(kit, "results"), { recursive: true });
const report = { language: "typescript", version: versions(), results };
writeFileSync(join(kit, "results", "typescript.json"), `${JSON.stringify(report, null, 2)}\n`);
process.exitCode = failed > 0 || results.length === 0 ? 1 : 0;

function versions(): string {
  const { dependencies } = JSON.parse(readFileSync(here("../../package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const libraries = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  return [`node ${process.versions.node}`, ...libraries].join(", ");
}
