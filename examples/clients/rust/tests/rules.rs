//! What is read, and what is said of it.

use prost_reflect::{DynamicMessage, ReflectMessage};
use reviewpkg_client::{
    document::{self, EnumNumbers},
    model::v1::{Artifact, Finding, Policy, ReviewPackage},
    rules::Rules,
};

fn read<M: ReflectMessage + Default>(json: &str) -> Result<DynamicMessage, String> {
    document::from_json(json, &M::default().descriptor(), EnumNumbers::Defined)
        .map_err(|e| e.to_string())
}

/// Returns the rules that a document breaks, as `path rule`.
fn broken<M: ReflectMessage + Default>(json: &str) -> Vec<String> {
    let broken = Rules::default().broken(&read::<M>(json).unwrap()).unwrap();
    broken
        .iter()
        .map(|b| format!("{} {}", b.path, b.rule))
        .collect()
}

#[test]
fn reads_what_says_one_thing_once() {
    for json in [
        r#"{"labels": {"a_b": "1", "aB": "2"}}"#,
        r#"{"renewal_due": {"value": "2026"}, "noFindingsStatement": "none"}"#,
        r#"{"status": 1, "processes": [1, "REVIEW_PROCESS_OPENSTACK"]}"#,
    ] {
        read::<ReviewPackage>(json).unwrap_or_else(|e| panic!("{json}: {e}"));
    }
    for (json, expected) in [
        (
            r#"{"renewal_due": null, "renewalDue": null}"#,
            "second value for renewalDue",
        ),
        (r#"{"labels": {"a": "1", "a": "1"}}"#, "second value for a"),
        (
            r#"{"findings": [{"id": "f", "id": "f"}]}"#,
            "second value for id",
        ),
        (
            r#"{"processes": [1, 77]}"#,
            "77 is no value of reviewpkg.v1.ReviewProcess",
        ),
        (r#"{"id": "a"} {}"#, "trailing characters"),
        (r#"{"id": "\ud800"}"#, "not valid JSON"),
    ] {
        let error = read::<ReviewPackage>(json).unwrap_err();
        assert!(error.contains(expected), "{json}: {error}");
    }
}

#[test]
fn fields_set_to_nothing_equal_fields_that_are_not_set() {
    let spelled_out = r#"{"id": "", "findings": [], "project": {"name": ""}}"#;
    let brief = r#"{"project": {}}"#;
    assert_eq!(
        read::<ReviewPackage>(spelled_out),
        read::<ReviewPackage>(brief)
    );
}

#[test]
fn names_rules_and_fields_as_others_do() {
    let policy = r#"{"rules": [{"id": "r"}, {"id": "r"}], "appetites": [{"dimension": "D1"}]}"#;
    let found = broken::<Policy>(policy);
    for expected in [
        " policy.rule_ids",
        "appetites[0].appetite required",
        "schema required",
    ] {
        assert!(
            found.iter().any(|b| b == expected),
            "{expected:?} is missing in {found:?}"
        );
    }
    let labels = broken::<ReviewPackage>(r#"{"labels": {"a b": "1"}}"#);
    assert!(
        labels.contains(&r#"labels["a b"] string.pattern"#.to_owned()),
        "{labels:?}"
    );
    let cvss = broken::<Finding>(r#"{"cvssVector": "AV:N"}"#);
    assert!(
        cvss.contains(&"cvss_vector string.pattern".to_owned()),
        "{cvss:?}"
    );
}

/// build.rs puts this rule in other words.
#[test]
fn a_path_stays_in_the_folder_of_the_package() {
    let rule = |path: &str| {
        let json = serde_json::json!({ "path": path }).to_string();
        broken::<Artifact>(&json).contains(&"path artifact.path".to_owned())
    };
    for good in [
        "a", "a/b.md", "..a", "a..", "a/...", ".", "./a", "a/.b", "a..b/c",
    ] {
        assert!(!rule(good), "{good} breaks the rule");
    }
    for bad in [
        "/", "/a", "a/", "a//b", "..", "../a", "a/..", "a/../b", "a\\b", "c:a",
    ] {
        assert!(rule(bad), "{bad} keeps the rule");
    }
}
