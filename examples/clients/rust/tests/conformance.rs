//! The runner: it must see what is wrong, or its word is worth nothing.

use std::{fs, path::Path};

use reviewpkg_client::conformance;

/// Writes a file with one case, of a date.
fn cases(folder: &Path, id: &str, document: &str, expect: &str) {
    let case = format!(
        r#"{{"cases": [{{"id": "{id}", "message": "reviewpkg.v1.Date", {document}, "expect": {expect}}}]}}"#
    );
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(format!("{id}.json")), case).unwrap();
}

#[test]
fn tells_cases_that_hold_from_cases_that_do_not() {
    let json = r#""format": "json", "text""#;
    let good = format!(r#"{json}: "{{\"value\": \"2024-02\"}}""#);
    let bad = format!(r#"{json}: "{{\"value\": \"2024-13\"}}""#);
    let broken = r#""violations": [{"rule": "date.impossible", "path": "value"}]"#;
    let table = [
        ("accepted", good.as_str(), r#"{"outcome": "accepted", "json": "{\"value\": \"2024-02\"}", "binary": "CgcyMDI0LTAy"}"#.to_owned(), ""),
        ("rejected", bad.as_str(), format!(r#"{{"outcome": "rejected", {broken}}}"#), ""),
        ("undecodable", r#""format": "binary", "base64": "CA==""#, r#"{"outcome": "undecodable"}"#.to_owned(), ""),
        ("must-not-decode", good.as_str(), r#"{"outcome": "undecodable"}"#.to_owned(), "decodes, and must not"),
        ("must-decode", r#""format": "json", "text": "[]""#, r#"{"outcome": "accepted"}"#.to_owned(), "does not decode"),
        ("other-json", good.as_str(), r#"{"outcome": "accepted", "json": "{}"}"#.to_owned(), "not the expected JSON"),
        ("other-binary", good.as_str(), r#"{"outcome": "accepted", "binary": ""}"#.to_owned(), "not the expected binary"),
        ("rule-not-seen", good.as_str(), format!(r#"{{"outcome": "rejected", {broken}}}"#), "and must break"),
        ("rule-not-told", bad.as_str(), r#"{"outcome": "accepted"}"#.to_owned(), "and must break"),
    ];
    for (id, document, expect, reason) in table {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kit").join(id);
        cases(&folder, id, document, &expect);
        let results = folder.join("results").join("rust.json");
        let (told, good) = conformance::run(&folder, &results).unwrap();
        assert_eq!(good, reason.is_empty(), "{id}: {told}");
        assert!(told.contains(reason), "{id}: {told}");
        let outcome = if good { "passed" } else { "failed" };
        let written = fs::read_to_string(results).unwrap();
        assert!(
            written.contains(&format!(r#""outcome": "{outcome}""#)),
            "{id}: {written}"
        );
    }
}

#[test]
fn says_why_a_case_is_not_applicable() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kit-yaml");
    cases(
        &folder,
        "yaml",
        r#""format": "yaml", "text": "value: x""#,
        r#"{"outcome": "accepted"}"#,
    );
    let (told, good) = conformance::run(&folder, &folder.join("results/rust.json")).unwrap();
    assert!(
        good && told.starts_with("0 passed, 0 failed, 1 not applicable\n"),
        "{told}"
    );
    assert!(told.contains("not YAML"), "{told}");
}

#[test]
fn fails_without_cases() {
    let nowhere = Path::new("nowhere");
    let error = conformance::run(nowhere, nowhere).unwrap_err().to_string();
    assert!(error.starts_with("nowhere: "), "{error}");
}
