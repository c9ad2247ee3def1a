//! Prints a package, and what it is worth, for a person.

use std::{
    collections::HashMap,
    fmt::{self, Write},
};

use crate::{
    model::v1::{
        Finding, FindingState, Level, PackageStatus, ReviewPackage, RiskInterval, RiskProfile,
    },
    printable,
};

/// Tells of a package, of its risk profile if there is one, and of its open
/// findings that are worse than `above`, or all if that is not stated.
#[must_use]
pub fn report(package: &ReviewPackage, profile: Option<&RiskProfile>, above: Level) -> String {
    let mut out = String::new();
    write(&mut out, package, profile, above).expect("a String takes all that is written to it");
    out
}

fn write(
    out: &mut String,
    package: &ReviewPackage,
    profile: Option<&RiskProfile>,
    above: Level,
) -> fmt::Result {
    let (title, id) = (printable(&package.title), printable(&package.id));
    writeln!(out, "{title} ({id})")?;
    let status = PackageStatus::try_from(package.status).unwrap_or_default();
    writeln!(
        out,
        "Status: {}",
        words(status.as_str_name(), "PACKAGE_STATUS_")
    )?;
    if let Some(profile) = profile {
        write_profile(out, profile)?;
    }
    write_findings(out, package, profile, above)
}

fn write_profile(out: &mut String, profile: &RiskProfile) -> fmt::Result {
    let (rubric, version) = (
        printable(&profile.rubric),
        printable(&profile.rubric_version),
    );
    let overall = profile.overall.as_ref().map(interval).unwrap_or_default();
    let draft = if profile.draft { " (a draft)" } else { "" };
    writeln!(
        out,
        "\nRisk under the rubric {rubric} {version}: {overall}{draft}"
    )?;
    for dimension in &profile.dimensions {
        let (id, title) = (printable(&dimension.dimension), printable(&dimension.title));
        let risk = match &dimension.risk {
            Some(risk) if !dimension.not_assessed => interval(risk),
            _ => "not assessed".to_owned(),
        };
        writeln!(out, "  {id:<4} {title:<45} {risk}")?;
    }
    Ok(())
}

fn write_findings(
    out: &mut String,
    package: &ReviewPackage,
    profile: Option<&RiskProfile>,
    above: Level,
) -> fmt::Result {
    let computed: HashMap<&str, Level> = profile
        .iter()
        .flat_map(|p| &p.findings)
        .map(|f| (f.finding.as_str(), f.level_max()))
        .collect();
    let level = |f: &Finding| computed.get(f.id.as_str()).copied().unwrap_or(f.overall());
    // What nobody rated may be above any level.
    let listed: Vec<&Finding> = package
        .findings
        .iter()
        .chain(&package.disputed_findings)
        .filter(|f| is_open(f.state()))
        .filter(|f| level(f) == Level::Unspecified || level(f) > above)
        .collect();

    let limit = match above {
        Level::Unspecified => String::new(),
        _ => format!(" above {}", words(above.as_str_name(), "LEVEL_")),
    };
    writeln!(out, "\n{} open finding(s){limit}", listed.len())?;
    for finding in listed {
        let (id, title) = (printable(&finding.id), printable(&finding.title));
        let state = words(finding.state().as_str_name(), "FINDING_STATE_");
        let risk = match level(finding) {
            Level::Unspecified => "not rated".to_owned(),
            risk => words(risk.as_str_name(), "LEVEL_"),
        };
        writeln!(out, "  {id:<12} {risk:<10} {state:<12} {title}")?;
    }
    Ok(())
}

/// Reports whether the model calls a state open.
fn is_open(state: FindingState) -> bool {
    match state {
        FindingState::Reported
        | FindingState::Agreed
        | FindingState::InProgress
        | FindingState::FixClaimed
        | FindingState::Accepted
        | FindingState::Transferred => true,
        FindingState::Unspecified
        | FindingState::VerifiedFixed
        | FindingState::Mitigated
        | FindingState::Rejected => false,
    }
}

fn interval(risk: &RiskInterval) -> String {
    let least = words(risk.level_min().as_str_name(), "LEVEL_");
    let most = words(risk.level_max().as_str_name(), "LEVEL_");
    let levels = if least == most {
        least
    } else {
        format!("{least} to {most}")
    };
    format!("{levels}, {} to {} of 1000", risk.score_min, risk.score_max)
}

/// Says the name of an enum value without the prefix of its enum:
/// `LEVEL_VERY_LOW` is "very low".
#[must_use]
pub fn words(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix)
        .unwrap_or(name)
        .to_lowercase()
        .replace('_', " ")
}
