package com.example.reviewpkg;

import build.buf.protovalidate.Validator;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reviewpkg.v1.ChangeOuterClass.ChangeSet;
import reviewpkg.v1.Import.ImportReport;
import reviewpkg.v1.Import.Rendering;
import reviewpkg.v1.Package.ReviewPackage;
import reviewpkg.v1.PlanOuterClass.Plan;
import reviewpkg.v1.PolicyOuterClass.Policy;
import reviewpkg.v1.PolicyOuterClass.Verdict;
import reviewpkg.v1.PolicyOuterClass.WaiverSet;
import reviewpkg.v1.Profile.RiskProfile;
import reviewpkg.v1.Profile.RubricChange;
import reviewpkg.v1.ReportOuterClass.DiagnosticReport;
import reviewpkg.v1.ReportOuterClass.Report;
import reviewpkg.v1.RubricOuterClass.Rubric;

/** Runs the conformance kit; its README says what a case is. */
final class Conformance {
  private static final String PASSED = "passed";
  private static final String FAILED = "failed";
  private static final String NOT_APPLICABLE = "not applicable";

  private static final Map<String, String> CANNOT =
      Map.of(
          "yaml", "protobuf-java reads JSON and binary, not YAML",
          "scoring", "scores are computed by the SDK for Go");

  private static final Map<String, Message> KINDS =
      Stream.of(
              ReviewPackage.getDefaultInstance(),
              Rubric.getDefaultInstance(),
              Policy.getDefaultInstance(),
              WaiverSet.getDefaultInstance(),
              RiskProfile.getDefaultInstance(),
              Verdict.getDefaultInstance(),
              ChangeSet.getDefaultInstance(),
              Report.getDefaultInstance(),
              DiagnosticReport.getDefaultInstance(),
              ImportReport.getDefaultInstance(),
              Rendering.getDefaultInstance(),
              Plan.getDefaultInstance(),
              RubricChange.getDefaultInstance())
          .collect(Collectors.toMap(m -> m.getDescriptorForType().getFullName(), m -> m));

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private final Rules rules = new Rules();

  record CaseFile(List<Case> cases) {}

  record Case(
      String id,
      String title,
      String message,
      String format,
      String text,
      String base64,
      List<String> needs,
      Expect expect) {}

  record Expect(String outcome, List<Violation> violations, String json, String binary) {}

  record Violation(String rule, String path) {}

  record Result(String id, String outcome, String reason) {}

  record Results(String language, String version, List<Result> results) {}

  /** Runs all cases of a folder and writes the results. Returns 1 if one failed. */
  static int run(PrintStream out, Path cases, Path file) throws DocumentException {
    Conformance kit = new Conformance();
    List<Result> results = new ArrayList<>();
    for (Case c : read(cases)) {
      results.add(kit.result(c));
    }
    print(out, results);
    String version =
        "Java %d, %s, %s"
            .formatted(Runtime.version().feature(), jar(Message.class), jar(Validator.class));
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, GSON.toJson(new Results("java", version, results)) + "\n");
    } catch (IOException e) {
      throw new DocumentException(file + ": cannot be written: " + e.getMessage());
    }
    return results.stream().anyMatch(r -> r.outcome().equals(FAILED)) ? 1 : 0;
  }

  /** Returns the name of the jar that a class comes from: protovalidate-1.3.0. */
  private static String jar(Class<?> type) {
    String path = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
  }

  static List<Case> read(Path folder) throws DocumentException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        CaseFile read = GSON.fromJson(Files.readString(file), CaseFile.class);
        cases.addAll(read.cases());
      }
    } catch (IOException | JsonParseException | NullPointerException e) {
      throw new DocumentException(folder + ": no readable cases: " + e.getMessage());
    }
    if (cases.isEmpty()) {
      throw new DocumentException(folder + ": holds no cases");
    }
    return cases;
  }

  Result result(Case c) {
    for (String need : c.needs() == null ? List.<String>of() : c.needs()) {
      if (CANNOT.containsKey(need)) {
        return new Result(c.id(), NOT_APPLICABLE, CANNOT.get(need));
      }
    }
    if (c.format().equals("yaml")) {
      return new Result(c.id(), NOT_APPLICABLE, CANNOT.get("yaml"));
    }
    try {
      check(c);
      return new Result(c.id(), PASSED, null);
    } catch (DocumentException | IllegalArgumentException e) {
      return new Result(c.id(), FAILED, e.getMessage());
    }
  }

  /** Throws if the case does not hold. */
  private void check(Case c) throws DocumentException {
    Message kind = KINDS.get(c.message());
    require(kind != null, "there is no kind " + c.message());
    Message message;
    try {
      message = decode(c, kind);
    } catch (DocumentException e) {
      require(c.expect().outcome().equals("undecodable"), "does not decode: " + e.getMessage());
      return;
    }
    require(!c.expect().outcome().equals("undecodable"), "decodes, and must not");
    same(message, c.expect(), kind);
    List<Violation> found =
        rules.broken(message).stream().map(b -> new Violation(b.rule(), b.path())).toList();
    List<Violation> expected =
        c.expect().violations() == null ? List.of() : c.expect().violations();
    require(found.equals(expected), "breaks " + found + ", and must break " + expected);
  }

  private static Message decode(Case c, Message kind) throws DocumentException {
    return c.format().equals("binary")
        ? Documents.fromBinary(Base64.getDecoder().decode(c.base64()), kind)
        : Documents.fromJson(c.text(), kind, true);
  }

  /** Compares a message with both expected forms, and both of its own forms with itself. */
  private static void same(Message message, Expect expect, Message kind)
      throws DocumentException {
    if (expect.binary() != null) {
      byte[] binary = Base64.getDecoder().decode(expect.binary());
      require(message.equals(Documents.fromBinary(binary, kind)), "is not the expected binary");
    }
    require(
        message.equals(Documents.fromBinary(message.toByteArray(), kind)),
        "changes on its way through binary");
    // A message with fields that the model does not know has no form in JSON.
    if (expect.json() != null && !expect.json().isEmpty()) {
      require(
          message.equals(Documents.fromJson(expect.json(), kind, true)),
          "is not the expected JSON");
      require(
          message.equals(Documents.fromJson(Documents.toJson(message), kind, true)),
          "changes on its way through JSON");
    }
  }

  private static void require(boolean holds, String otherwise) throws DocumentException {
    if (!holds) {
      throw new DocumentException(otherwise);
    }
  }

  private static void print(PrintStream out, List<Result> results) {
    for (Result result : results) {
      if (result.outcome().equals(FAILED)) {
        out.printf("failed: %s: %s%n", Text.printable(result.id()), result.reason());
      }
    }
    Map<String, Long> counts =
        results.stream()
            .collect(Collectors.groupingBy(Result::outcome, TreeMap::new, Collectors.counting()));
    out.printf(
        "%d passed, %d failed, %d not applicable%n",
        counts.getOrDefault(PASSED, 0L),
        counts.getOrDefault(FAILED, 0L),
        counts.getOrDefault(NOT_APPLICABLE, 0L));
    results.stream()
        .filter(r -> r.outcome().equals(NOT_APPLICABLE))
        .collect(Collectors.groupingBy(Result::reason, LinkedHashMap::new, Collectors.counting()))
        .forEach((reason, count) -> out.printf("  not applicable: %d: %s%n", count, reason));
  }
}
