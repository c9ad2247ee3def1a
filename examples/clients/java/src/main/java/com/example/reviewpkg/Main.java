package com.example.reviewpkg;

import com.google.protobuf.Message;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import reviewpkg.v1.Common.Level;
import reviewpkg.v1.FindingOuterClass.Finding;
import reviewpkg.v1.FindingOuterClass.FindingState;
import reviewpkg.v1.Package.ReviewPackage;
import reviewpkg.v1.Profile.RiskProfile;

/** The command line: what there is to do, and how it ends. */
public final class Main {
  private static final String USAGE =
      """
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
      """;

  private final PrintStream out;
  private final Rules rules = new Rules();

  private Main(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    // The encoding of the console is that of the machine; documents are UTF-8.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(out, err, args));
  }

  /** Runs one command. Returns 0, 1 if a document is wrong, 2 if the command is. */
  static int run(PrintStream out, PrintStream err, String... args) {
    try {
      return new Main(out).command(List.of(args));
    } catch (DocumentException e) {
      err.println(e.getMessage());
      return 1;
    } catch (UsageException | InvalidPathException e) {
      err.println(Text.printable(String.valueOf(e.getMessage())));
      err.print(USAGE);
      return 2;
    }
  }

  private int command(List<String> args) throws DocumentException {
    if (args.isEmpty()) {
      throw new UsageException("nothing to do");
    }
    List<String> rest = args.subList(1, args.size());
    return switch (args.get(0)) {
      case "set-state" -> setState(atLeast(4, rest));
      case "roundtrip" -> roundtrip(exactly(2, rest));
      case "conformance" -> Conformance.run(out, path(exactly(2, rest), 0), path(rest, 1));
      default -> show(args);
    };
  }

  private int show(List<String> args) throws DocumentException {
    RiskProfile profile = null;
    Level above = Level.LEVEL_UNSPECIFIED;
    for (int i = 1; i < args.size(); i += 2) {
      if (i + 1 == args.size()) {
        throw new UsageException(args.get(i) + " lacks its value");
      }
      switch (args.get(i)) {
        case "--profile" -> profile = valid(args.get(i + 1), RiskProfile.getDefaultInstance());
        case "--above" -> above = named(Level.class, "LEVEL_", args.get(i + 1));
        default -> throw new UsageException("there is no option " + args.get(i));
      }
    }
    ReviewPackage pkg = valid(args.get(0), ReviewPackage.getDefaultInstance());
    if (profile != null && !profile.getPackage().equals(pkg.getId())) {
      throw new DocumentException(
          "the profile is that of %s, not of %s".formatted(profile.getPackage(), pkg.getId()));
    }
    new Report(out).print(pkg, profile, above);
    return 0;
  }

  private int setState(List<String> args) throws DocumentException {
    ReviewPackage.Builder pkg =
        valid(args.get(0), ReviewPackage.getDefaultInstance()).toBuilder();
    FindingState state = named(FindingState.class, "FINDING_STATE_", args.get(2));
    Finding.Builder finding =
        pkg.getFindingsBuilderList().stream()
            .filter(f -> f.getId().equals(args.get(1)))
            .findFirst()
            .orElseThrow(
                () -> new UsageException(args.get(0) + " has no finding " + args.get(1)));
    FindingState before = finding.getState();
    finding.setState(state);

    // Some states ask for more, such as a reason; nothing is written without it.
    rules.check(args.get(0), pkg.build());
    for (int i = 3; i < args.size(); i++) {
      Documents.write(path(args, i), pkg.build());
    }
    out.printf(
        "%s: %s, before %s%n",
        Text.printable(args.get(1)),
        Text.words(state, "FINDING_STATE_"),
        Text.words(before, "FINDING_STATE_"));
    return 0;
  }

  private int roundtrip(List<String> args) throws DocumentException {
    Documents.write(
        path(args, 1), Documents.read(path(args, 0), ReviewPackage.getDefaultInstance()));
    return 0;
  }

  private <M extends Message> M valid(String name, M empty) throws DocumentException {
    M document = Documents.read(Path.of(name), empty);
    rules.check(name, document);
    return document;
  }

  private static Path path(List<String> args, int i) {
    return Path.of(args.get(i));
  }

  private static List<String> exactly(int count, List<String> args) {
    if (args.size() != count) {
      throw new UsageException("%d arguments, not %d, are needed".formatted(count, args.size()));
    }
    return args;
  }

  private static List<String> atLeast(int count, List<String> args) {
    if (args.size() < count) {
      throw new UsageException("at least %d arguments are needed".formatted(count));
    }
    return args;
  }

  /** Finds the value of an enum that a person means by very-low. */
  private static <E extends Enum<E>> E named(Class<E> of, String prefix, String word) {
    String name = prefix + word.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(of.getEnumConstants())
        .filter(value -> value.name().equals(name))
        .filter(value -> !name.endsWith("_UNSPECIFIED") && !name.equals("UNRECOGNIZED"))
        .findFirst()
        .orElseThrow(() -> new UsageException("there is no " + word + " among the values"));
  }

  private static final class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
