//! Runs the conformance kit; its README says what a case is.

use std::{collections::BTreeMap, fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use prost::Message;
use prost_reflect::{DynamicMessage, MessageDescriptor, ReflectMessage};
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    document::{self, EnumNumbers},
    model::DESCRIPTORS,
    rules::Rules,
};

const PASSED: &str = "passed";
const FAILED: &str = "failed";
const NOT_APPLICABLE: &str = "not applicable";

#[derive(Deserialize)]
struct CaseFile {
    cases: Vec<Case>,
}

/// A document, and what every implementation must say about it.
#[derive(Deserialize)]
pub struct Case {
    id: String,
    message: String,
    format: String,
    text: Option<String>,
    base64: Option<String>,
    #[serde(default)]
    needs: Vec<String>,
    expect: Expect,
}

#[derive(Deserialize)]
struct Expect {
    outcome: String,
    #[serde(default)]
    violations: Vec<Violation>,
    json: Option<String>,
    binary: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Violation {
    rule: String,
    path: String,
}

/// What became of a case, and why, unless it passed.
#[derive(Debug, Serialize)]
pub struct Outcome {
    pub id: String,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Serialize)]
struct Results<'a> {
    language: &'a str,
    version: &'a str,
    results: &'a [Outcome],
}

/// Runs all cases of a folder and writes the results. Returns what to tell, and
/// whether no case failed.
pub fn run(folder: &Path, file: &Path) -> Result<(String, bool), Error> {
    let rules = Rules::default();
    let results: Vec<Outcome> = read(folder)?.iter().map(|c| outcome(c, &rules)).collect();
    let crates = ["prost", "prost-reflect", "prost-protovalidate"];
    let version = crates
        .map(|name| format!("{name} {}", locked(name)))
        .join(", ");
    let json = serde_json::to_string_pretty(&Results {
        language: "rust",
        version: &version,
        results: &results,
    })
    .map_err(Error::new)?;
    let save = || {
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, json + "\n")
    };
    save().map_err(|e: std::io::Error| {
        Error::new(format_args!("cannot be written: {e}")).in_file(file)
    })?;
    let failed = results.iter().any(|r| r.outcome == FAILED);
    Ok((summary(&results), !failed))
}

/// Returns the version of a crate that this one is built with.
fn locked(name: &str) -> &'static str {
    include_str!("../Cargo.lock")
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or("of some version")
}

/// Reads all cases of a folder, in the order of the names of their files.
pub fn read(folder: &Path) -> Result<Vec<Case>, Error> {
    let unreadable = |e: &dyn std::error::Error| Error::new(format_args!("no readable cases: {e}"));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| unreadable(&e).in_file(folder))? {
        let path = entry.map_err(|e| unreadable(&e).in_file(folder))?.path();
        if path.extension().is_some_and(|e| e == "json") {
            files.push(path);
        }
    }
    files.sort();
    let mut cases = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).map_err(|e| unreadable(&e).in_file(&path))?;
        let file: CaseFile =
            serde_json::from_str(&text).map_err(|e| unreadable(&e).in_file(&path))?;
        cases.extend(file.cases);
    }
    if cases.is_empty() {
        return Err(Error::new("holds no cases").in_file(folder));
    }
    Ok(cases)
}

/// Says why this client cannot do what a case is about.
fn cannot(case: &Case) -> Option<&'static str> {
    let about = |what: &str| case.format == what || case.needs.iter().any(|need| need == what);
    if about("yaml") {
        return Some("prost-reflect reads JSON and binary, not YAML");
    }
    about("scoring").then_some("scores are computed by the SDK for Go")
}

/// Runs one case.
pub fn outcome(case: &Case, rules: &Rules) -> Outcome {
    let (outcome, reason) = match cannot(case) {
        Some(reason) => (NOT_APPLICABLE, Some(reason.to_owned())),
        None => match check(case, rules) {
            Ok(()) => (PASSED, None),
            Err(e) => (FAILED, Some(e.to_string())),
        },
    };
    Outcome {
        id: case.id.clone(),
        outcome,
        reason,
    }
}

fn check(case: &Case, rules: &Rules) -> Result<(), Error> {
    let kind = DESCRIPTORS
        .get_message_by_name(&case.message)
        .ok_or_else(|| Error::new(format_args!("there is no kind {}", case.message)))?;
    let undecodable = case.expect.outcome == "undecodable";
    let message = match decode(case, &kind) {
        Ok(message) => message,
        Err(e) => return require(undecodable, || format!("does not decode: {e}")),
    };
    require(!undecodable, || "decodes, and must not".to_owned())?;
    same(&message, &case.expect)?;
    let found: Vec<Violation> = rules
        .broken(&message)?
        .into_iter()
        .map(|b| Violation {
            rule: b.rule,
            path: b.path,
        })
        .collect();
    let expected = &case.expect.violations;
    require(found == *expected, || {
        format!("breaks {found:?}, and must break {expected:?}")
    })
}

fn decode(case: &Case, kind: &MessageDescriptor) -> Result<DynamicMessage, Error> {
    match (&case.text, &case.base64) {
        (None, Some(data)) => document::from_binary(&bytes(data)?, kind),
        (Some(text), None) => document::from_json(text, kind, EnumNumbers::Any),
        _ => Err(Error::new("a case has a text or base64")),
    }
}

/// Compares a message with both expected forms, and both of its own forms with
/// itself.
fn same(message: &DynamicMessage, expect: &Expect) -> Result<(), Error> {
    let kind = message.descriptor();
    let is = |other: DynamicMessage, otherwise: &str| {
        require(*message == other, || otherwise.to_owned())
    };
    if let Some(binary) = &expect.binary {
        is(
            document::from_binary(&bytes(binary)?, &kind)?,
            "is not the expected binary",
        )?;
    }
    let again = document::from_binary(&message.encode_to_vec(), &kind)?;
    is(again, "changes on its way through binary")?;
    // A message with fields that the model does not know has no form in JSON.
    if let Some(json) = expect.json.as_deref().filter(|json| !json.is_empty()) {
        is(
            document::from_json(json, &kind, EnumNumbers::Any)?,
            "is not the expected JSON",
        )?;
        let again = document::from_json(&document::to_json(message)?, &kind, EnumNumbers::Any)?;
        is(again, "changes on its way through JSON")?;
    }
    Ok(())
}

fn bytes(base64: &str) -> Result<Vec<u8>, Error> {
    BASE64_STANDARD.decode(base64).map_err(Error::new)
}

fn require(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::new(otherwise()))
    }
}

fn summary(results: &[Outcome]) -> String {
    let count = |outcome| results.iter().filter(|r| r.outcome == outcome).count();
    let mut lines: Vec<String> = results
        .iter()
        .filter(|r| r.outcome == FAILED)
        .map(|r| {
            format!(
                "failed: {}: {}",
                r.id,
                r.reason.as_deref().unwrap_or_default()
            )
        })
        .collect();
    lines.push(format!(
        "{} passed, {} failed, {} not applicable",
        count(PASSED),
        count(FAILED),
        count(NOT_APPLICABLE)
    ));
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for result in results.iter().filter(|r| r.outcome == NOT_APPLICABLE) {
        *reasons
            .entry(result.reason.as_deref().unwrap_or_default())
            .or_default() += 1;
    }
    lines.extend(
        reasons
            .iter()
            .map(|(reason, n)| format!("  not applicable: {n}: {reason}")),
    );
    lines.join("\n") + "\n"
}
