package com.example.reviewpkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.reviewpkg.Conformance.Case;
import com.example.reviewpkg.Conformance.Expect;
import com.example.reviewpkg.Conformance.Result;
import com.example.reviewpkg.Conformance.Violation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The runner: it must see what is wrong, or its word is worth nothing. */
class ConformanceTest {
  private static final String GOOD =
      """
      {"schema": "reviewpkg.v1.RubricChange", \
      "before": {"rubric": "r", "version": "1", "digest": "sha256:%1$s"}, \
      "after": {"rubric": "r", "version": "2", "digest": "sha256:%1$s"}}"""
          .formatted("0".repeat(64));
  private static final String BAD = GOOD.replace("\"2\"", "\"\"");
  private static final List<Violation> BROKEN = List.of(new Violation("required", "after.version"));

  private final Conformance kit = new Conformance();

  private static Case of(String text, Expect expect) {
    return new Case(
        "c", "a case", "reviewpkg.v1.RubricChange", "json", text, null, List.of(), expect);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(GOOD, new Expect("accepted", null, GOOD, null), null),
        Arguments.of(BAD, new Expect("rejected", BROKEN, BAD, null), null),
        Arguments.of("[]", new Expect("undecodable", null, null, null), null),
        Arguments.of(GOOD, new Expect("undecodable", null, null, null), "must not"),
        Arguments.of("[]", new Expect("accepted", null, null, null), "does not decode"),
        Arguments.of(GOOD, new Expect("accepted", null, "{}", null), "not the expected JSON"),
        Arguments.of(GOOD, new Expect("accepted", null, null, ""), "not the expected binary"),
        Arguments.of(GOOD, new Expect("rejected", BROKEN, null, null), "and must break"),
        Arguments.of(BAD, new Expect("accepted", null, null, null), "and must break"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsCasesThatHoldFromCasesThatDoNot(String text, Expect expect, String reason) {
    Result result = kit.result(of(text, expect));
    if (reason == null) {
      assertEquals(new Result("c", "passed", null), result);
    } else {
      assertEquals("failed", result.outcome());
      assertTrue(result.reason().contains(reason), result.reason());
    }
  }

  @Test
  void saysWhyACaseIsNotApplicable() {
    Case yaml =
        new Case("c", "a case", "reviewpkg.v1.Policy", "yaml", "id: a", null, List.of(), null);
    Result result = kit.result(yaml);
    assertEquals("not applicable", result.outcome());
    assertTrue(result.reason().contains("YAML"), result.reason());
  }

  @Test
  void writesResultsAndTellsOfAFailure(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("some.json"),
        """
        {"cases": [
          {"id": "a", "message": "reviewpkg.v1.Plan", "format": "json", "text": "[]",
           "needs": [], "expect": {"outcome": "undecodable"}},
          {"id": "b", "message": "reviewpkg.v1.Plan", "format": "json", "text": "[]",
           "needs": [], "expect": {"outcome": "accepted"}}
        ]}
        """);
    Path results = folder.resolve("results/java.json");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(1, Conformance.run(new PrintStream(out), folder, results));
    assertTrue(out.toString().contains("1 passed, 1 failed, 0 not applicable"), out::toString);
    assertTrue(Files.readString(results).contains("\"language\": \"java\""));
  }

  @Test
  void failsWithoutCases() {
    DocumentException e =
        assertThrows(DocumentException.class, () -> Conformance.read(Path.of("nowhere")));
    assertTrue(e.getMessage().startsWith("nowhere: "), e.getMessage());
  }
}
