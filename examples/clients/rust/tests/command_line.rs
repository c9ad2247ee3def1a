//! What a person sees of the client.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use reviewpkg_client::{
    document,
    model::v1::{FindingState, ReviewPackage},
};

const PACKAGE: &str = "../testdata/barbican.json";
const PROFILE: &str = "../testdata/barbican-profile.json";

fn client(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_reviewpkg-client"))
        .args(args)
        .output()
        .expect("the client starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the client writes UTF-8")
}

/// Returns a file of the test's own; tests run at the same time.
fn file(test: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("the folder of the test can be made");
    let file = folder.join(name);
    let _ = fs::remove_file(&file);
    file
}

#[test]
fn shows_what_go_computed_and_the_findings_above_a_level() {
    let out = client(&[PACKAGE, "--profile", PROFILE, "--above", "medium"]);
    assert_eq!(text(&out.stderr), "");
    let told = text(&out.stdout);
    for part in [
        "Status: draft\n",
        "  D7   Findings and weakness debt                    high, 855 to 855 of 1000\n",
        "2 open finding(s) above medium\n  finding-1    high       reported",
        "  finding-7    high       reported",
    ] {
        assert!(told.contains(part), "{part:?} is missing in\n{told}");
    }
    assert!(
        !told.contains("finding-2"),
        "a medium finding is listed:\n{told}"
    );
}

#[test]
fn goes_by_the_declared_rating_where_there_is_no_profile() {
    // The declared rating of finding-7 is medium; the profile says high.
    let told = text(&client(&[PACKAGE, "--above", "medium"]).stdout);
    assert!(told.contains("1 open finding(s) above medium"), "{told}");
    let told = text(&client(&[PACKAGE]).stdout);
    assert!(told.contains("\n8 open finding(s)\n"), "{told}");
}

#[test]
fn changes_the_state_of_one_finding_and_nothing_else() {
    let outs = [file("state", "p.json"), file("state", "p.binpb")];
    let names: Vec<&str> = outs.iter().filter_map(|o| o.to_str()).collect();
    let out = client(&[
        "set-state",
        PACKAGE,
        "finding-1",
        "in-progress",
        names[0],
        names[1],
    ]);
    assert_eq!(text(&out.stderr), "");
    assert_eq!(
        text(&out.stdout),
        "finding-1: in progress, before reported\n"
    );

    let mut expected: ReviewPackage = document::read(Path::new(PACKAGE)).unwrap();
    expected.findings[0].set_state(FindingState::InProgress);
    for written in &outs {
        assert_eq!(document::read::<ReviewPackage>(written).unwrap(), expected);
    }
}

#[test]
fn writes_nothing_that_breaks_a_rule() {
    let to = file("refused", "p.json");
    let out = client(&[
        "set-state",
        PACKAGE,
        "finding-1",
        "rejected",
        to.to_str().unwrap(),
    ]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(
        text(&out.stderr),
        format!("{PACKAGE}: breaks 1 rule(s): findings[0]: finding.rejection\n")
    );
    assert!(!to.exists());
}

#[test]
fn goes_from_json_to_binary_and_back() {
    let (binary, json) = (file("trip", "p.binpb"), file("trip", "p.json"));
    let (binary_name, json_name) = (binary.to_str().unwrap(), json.to_str().unwrap());
    assert!(
        client(&["roundtrip", PACKAGE, binary_name])
            .status
            .success()
    );
    assert!(
        client(&["roundtrip", binary_name, json_name])
            .status
            .success()
    );
    let read = |path| document::read::<ReviewPackage>(path).unwrap();
    assert_eq!(read(&json), read(Path::new(PACKAGE)));
}

#[test]
fn keeps_what_it_does_not_know_or_refuses_to_change_it() {
    let (later, copy) = (file("later", "p.binpb"), file("later", "copy.binpb"));
    let (later_name, copy_name) = (later.to_str().unwrap(), copy.to_str().unwrap());
    client(&["roundtrip", PACKAGE, later_name]);
    let mut data = fs::read(&later).unwrap();
    data.extend([0xf8, 0x3f, 0x01]); // field 1023, the number 1
    fs::write(&later, &data).unwrap();

    assert!(
        client(&["roundtrip", later_name, copy_name])
            .status
            .success()
    );
    assert!(
        fs::read(&copy)
            .unwrap()
            .windows(3)
            .any(|w| w == [0xf8, 0x3f, 0x01])
    );
    let out = client(&["set-state", later_name, "finding-1", "agreed", copy_name]);
    assert_eq!(out.status.code(), Some(1));
    assert!(text(&out.stderr).contains("fields that this model does not know"));
}

#[test]
fn says_what_is_wrong_with_a_hostile_file_and_in_which() {
    let deep = "[".repeat(100_000);
    let cases: [(&str, &[u8], &str); 12] = [
        ("empty.json", b"", "not valid JSON: EOF"),
        ("cut.json", b"{\"id\": \"a", "not valid JSON"),
        ("deep.json", deep.as_bytes(), "recursion limit"),
        ("latin1.json", b"{\"id\": \"\xe9\"}", "not UTF-8"),
        ("unknown.json", b"{\"idd\": \"a\"}", "no field idd"),
        (
            "twice.json",
            b"{\"id\": \"a\", \"id\": \"b\"}",
            "a second value for id",
        ),
        (
            "enum.json",
            b"{\"status\": 99}",
            "99 is no value of reviewpkg.v1.PackageStatus",
        ),
        ("type.json", b"{\"findings\": 7}", "no such document"),
        ("escape.json", b"{\"\\u001b[2J\": 1}", "no field \\u{1b}[2J"),
        ("rules.json", b"{}", "breaks"),
        ("noise.binpb", b"\xff\xff\xff\xff", "no such document"),
        ("groups.binpb", &[0x0b; 5000], "no such document"),
    ];
    for (name, data, expected) in cases {
        let path = file("hostile", name);
        fs::write(&path, data).unwrap();
        let name = path.to_str().unwrap();
        let out = client(&[name]);
        let told = text(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{told}");
        assert!(
            told.starts_with(&format!("{name}: ")) && told.contains(expected),
            "{told}"
        );
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn tells_a_wrong_file_from_a_wrong_command() {
    for (args, code, expected) in [
        (vec!["nowhere.json"], 1, "nowhere.json: cannot be read"),
        (vec!["package.yaml"], 1, "ends in .json or .binpb"),
        (vec![PACKAGE, "--profile", PACKAGE], 1, "has no field"),
        (vec![], 2, "usage:"),
        (vec!["roundtrip", PACKAGE], 2, "arguments"),
        (vec![PACKAGE, "--above"], 2, "what is --above?"),
        (vec![PACKAGE, "--above", "unspecified"], 2, "no unspecified"),
        (
            vec!["set-state", PACKAGE, "f", "agreed", "o.json"],
            2,
            "no finding f",
        ),
    ] {
        let out = client(&args);
        assert_eq!(out.status.code(), Some(code), "{args:?}");
        let told = text(&out.stderr);
        assert!(told.contains(expected), "{args:?}: {told}");
    }
}
