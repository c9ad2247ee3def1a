package com.example.reviewpkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reviewpkg.v1.FindingOuterClass.FindingState;
import reviewpkg.v1.Package.ReviewPackage;

/** What a person sees of the client. */
class MainTest {
  private static final String PACKAGE = "../testdata/barbican.json";
  private static final String PROFILE = "../testdata/barbican-profile.json";

  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  private static Run client(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(new PrintStream(out), new PrintStream(err), args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static ReviewPackage read(Path file) throws DocumentException {
    return Documents.read(file, ReviewPackage.getDefaultInstance());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static void contains(String part, String text) {
    assertTrue(text.contains(part), () -> "\"%s\" is missing in%n%s".formatted(part, text));
  }

  @Test
  void showsWhatGoComputedAndTheFindingsAboveALevel() {
    Run run = client(PACKAGE, "--profile", PROFILE, "--above", "medium");
    assertEquals("", run.err());
    contains("Status: draft\n", run.out());
    contains(
        "  D7   Findings and weakness debt                    high, 855 to 855 of 1000\n",
        run.out());
    contains("2 open finding(s) above medium\n  finding-1    high       reported", run.out());
    contains("  finding-7    high       reported", run.out());
    assertFalse(run.out().contains("finding-2"), "a medium finding is listed");
  }

  @Test
  void goesByTheDeclaredRatingWhereThereIsNoProfile() {
    // The declared rating of finding-7 is medium; the profile says high.
    contains("1 open finding(s) above medium\n", client(PACKAGE, "--above", "medium").out());
    contains("\n8 open finding(s)\n", client(PACKAGE).out());
  }

  @Test
  void changesTheStateOfOneFindingAndNothingElse() throws DocumentException {
    Run run =
        client("set-state", PACKAGE, "finding-1", "in-progress", file("p.json"), file("p.binpb"));
    assertEquals(new Run(0, "finding-1: in progress, before reported\n", ""), run);

    ReviewPackage.Builder expected = read(Path.of(PACKAGE)).toBuilder();
    expected.getFindingsBuilder(0).setState(FindingState.FINDING_STATE_IN_PROGRESS);
    assertEquals(expected.build(), read(folder.resolve("p.json")));
    assertEquals(expected.build(), read(folder.resolve("p.binpb")));
  }

  @Test
  void writesNothingThatBreaksARule() {
    Run run = client("set-state", PACKAGE, "finding-1", "rejected", file("p.json"));
    String expected =
        PACKAGE
            + ": breaks 1 rule(s): findings[0]: "
            + "rejection_reason belongs to the state REJECTED, and only to it\n";
    assertEquals(new Run(1, "", expected), run);
    assertFalse(Files.exists(folder.resolve("p.json")));
  }

  @Test
  void goesFromJsonToBinaryAndBack() throws DocumentException {
    assertEquals(0, client("roundtrip", PACKAGE, file("p.binpb")).code());
    assertEquals(0, client("roundtrip", file("p.binpb"), file("p.json")).code());
    assertEquals(read(Path.of(PACKAGE)), read(folder.resolve("p.json")));
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("empty.json", "", "not valid JSON"),
        Arguments.of("cut.json", "{\"id\": \"a", "not valid JSON"),
        Arguments.of("deep.json", "{\"a\":".repeat(100_000), "not valid JSON: Nesting limit"),
        Arguments.of("latin1.json", "{\"id\": \"\u00e9\"}", "not UTF-8"),
        Arguments.of("bare.json", "{id: 'a'}", "not valid JSON"),
        Arguments.of("unknown.json", "{\"idd\": \"a\"}", "no such document"),
        Arguments.of("twice.json", "{\"id\": \"a\", \"id\": \"b\"}", "$.id: a second value"),
        Arguments.of("enum.json", "{\"status\": 99}", "99 is no value of reviewpkg.v1.Package"),
        Arguments.of("type.json", "{\"findings\": 7}", "$.findings: the wrong type"),
        Arguments.of("escape.json", "{\"\\u001b[2J\\n\": 1}", "\\u{1b}[2J\\u{a}"),
        Arguments.of("rules.json", "{}", "breaks"),
        Arguments.of("noise.binpb", "\u00ff\u00ff\u00ff\u00ff", "no such document"),
        Arguments.of("groups.binpb", "\u000b".repeat(5000), "no such document"));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void saysWhatIsWrongWithAHostileFileAndInWhich(String name, String bytes, String expected)
      throws Exception {
    Files.write(folder.resolve(name), bytes.getBytes(StandardCharsets.ISO_8859_1));
    Run run = client(file(name));
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith(file(name) + ": "), run.err());
    contains(expected, run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(1, "nowhere.json: no such file", new String[] {"nowhere.json"}),
        Arguments.of(1, "ends in .json or .binpb", new String[] {"package.yaml"}),
        Arguments.of(1, "no such document", new String[] {PACKAGE, "--profile", PACKAGE}),
        Arguments.of(2, "usage:", new String[] {}),
        Arguments.of(2, "arguments", new String[] {"roundtrip", PACKAGE}),
        Arguments.of(2, "--above lacks its value", new String[] {PACKAGE, "--above"}),
        Arguments.of(2, "no unspecified", new String[] {PACKAGE, "--above", "unspecified"}),
        Arguments.of(2, "no finding f", new String[] {"set-state", PACKAGE, "f", "agreed", "o"}));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void tellsAWrongFileFromAWrongCommand(int code, String expected, String[] args) {
    Run run = client(args);
    assertEquals(code, run.code(), run.err());
    contains(expected, run.err());
  }
}
