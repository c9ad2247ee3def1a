//! The command line: what there is to do, and how it ends.

use std::{
    env,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use prost_reflect::ReflectMessage;
use reviewpkg_client::{
    Error, conformance, document,
    model::v1::{FindingState, Level, ReviewPackage, RiskProfile},
    printable,
    report::{report, words},
    rules::Rules,
};

const USAGE: &str = "\
usage:
  PACKAGE [--profile PROFILE] [--above LEVEL]
      checks a package and lists its open findings that are worse than LEVEL
      (very-low, low, medium, high, very-high; without it, all), with the
      risk profile that the SDK for Go computed
  set-state PACKAGE FINDING STATE OUT...
      sets the state of a finding (agreed, in-progress, fix-claimed, ...)
  roundtrip IN OUT
      reads a package and writes it again
  conformance CASES RESULTS
      runs the conformance kit: a folder of cases, a file for the results
Documents are JSON (.json) or binary (.binpb), by the name of the file.
";

/// How a command fails: because of a document, or of the command itself.
enum Failure {
    Document(Error),
    Usage(String),
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Self::Document(e)
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args_os()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match run(&args) {
        Ok((told, good)) => {
            // Whoever reads the output may have seen enough of it.
            let _ = io::stdout().write_all(told.as_bytes());
            if good {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(Failure::Document(e)) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(e)) => {
            eprintln!("{}", printable(&e));
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Runs one command. Returns what to tell, and whether all was well.
fn run(args: &[&str]) -> Result<(String, bool), Failure> {
    let good = |told| Ok((told, true));
    match args {
        ["set-state", package, finding, state, outs @ ..] if !outs.is_empty() => {
            good(set_state(Path::new(package), finding, state, outs)?)
        }
        ["roundtrip", from, to] => {
            let kind = ReviewPackage::default().descriptor();
            let message = document::read_dynamic(Path::new(from), &kind)?;
            document::write(Path::new(to), &message)?;
            good(String::new())
        }
        ["conformance", cases, results] => {
            Ok(conformance::run(Path::new(cases), Path::new(results))?)
        }
        ["set-state" | "roundtrip" | "conformance", ..] => {
            Err(Failure::Usage("too few or too many arguments".to_owned()))
        }
        [package, options @ ..] => good(show(Path::new(package), options)?),
        [] => Err(Failure::Usage("nothing to do".to_owned())),
    }
}

fn show(path: &Path, options: &[&str]) -> Result<String, Failure> {
    let rules = Rules::default();
    let mut above = Level::Unspecified;
    let mut profile = None;
    for option in options.chunks(2) {
        match option {
            ["--above", level] => above = named(level, "LEVEL_", Level::from_str_name)?,
            ["--profile", file] => profile = Some(valid::<RiskProfile>(Path::new(file), &rules)?),
            _ => return Err(Failure::Usage(format!("what is {}?", option.join(" ")))),
        }
    }
    let package: ReviewPackage = valid(path, &rules)?;
    if let Some(profile) = profile.as_ref().filter(|p| p.package != package.id) {
        let (of, id) = (&profile.package, &package.id);
        return Err(Error::new(format_args!("the profile is that of {of}, not of {id}")).into());
    }
    Ok(report(&package, profile.as_ref(), above))
}

fn set_state(path: &Path, id: &str, state: &str, outs: &[&str]) -> Result<String, Failure> {
    let rules = Rules::default();
    let mut package: ReviewPackage = valid(path, &rules)?;
    let state = named(state, "FINDING_STATE_", FindingState::from_str_name)?;
    let Some(finding) = package.findings.iter_mut().find(|f| f.id == id) else {
        return Err(Failure::Usage(format!(
            "{} has no finding {id}",
            path.display()
        )));
    };
    let before = finding.state();
    finding.set_state(state);

    // Some states ask for more, such as a reason; nothing is written without it.
    rules.check(&package).map_err(|e| e.in_file(path))?;
    for out in outs {
        document::write(Path::new(out), &package)?;
    }
    let word = |state: FindingState| words(state.as_str_name(), "FINDING_STATE_");
    Ok(format!(
        "{}: {}, before {}\n",
        printable(id),
        word(state),
        word(before)
    ))
}

fn valid<M: ReflectMessage + Default>(path: &Path, rules: &Rules) -> Result<M, Error> {
    let message: M = document::read(path)?;
    rules.check(&message).map_err(|e| e.in_file(path))?;
    Ok(message)
}

/// Finds the value of an enum that a person means by very-low.
fn named<E>(word: &str, prefix: &str, find: fn(&str) -> Option<E>) -> Result<E, Failure> {
    let name = format!("{prefix}{}", word.to_uppercase().replace('-', "_"));
    Some(name)
        .filter(|name| !name.ends_with("_UNSPECIFIED"))
        .and_then(|name| find(&name))
        .ok_or_else(|| Failure::Usage(format!("there is no {word} among the values")))
}
