package com.example.reviewpkg;

import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reviewpkg.v1.Common.Level;
import reviewpkg.v1.FindingOuterClass.Finding;
import reviewpkg.v1.FindingOuterClass.FindingState;
import reviewpkg.v1.Package.ReviewPackage;
import reviewpkg.v1.Profile.DimensionProfile;
import reviewpkg.v1.Profile.FindingRisk;
import reviewpkg.v1.Profile.RiskInterval;
import reviewpkg.v1.Profile.RiskProfile;

/** Prints a package, and what it is worth, for a person. */
final class Report {
  /** The states that the model calls open. */
  private static final Set<FindingState> OPEN =
      EnumSet.of(
          FindingState.FINDING_STATE_REPORTED,
          FindingState.FINDING_STATE_AGREED,
          FindingState.FINDING_STATE_IN_PROGRESS,
          FindingState.FINDING_STATE_FIX_CLAIMED,
          FindingState.FINDING_STATE_ACCEPTED,
          FindingState.FINDING_STATE_TRANSFERRED);

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /**
   * Prints a package.
   *
   * @param profile its risk profile, or null
   * @param above the level that the findings must be above, or LEVEL_UNSPECIFIED for all
   */
  void print(ReviewPackage pkg, RiskProfile profile, Level above) {
    out.printf("%s (%s)%n", Text.printable(pkg.getTitle()), Text.printable(pkg.getId()));
    out.printf("Status: %s%n", Text.words(pkg.getStatus(), "PACKAGE_STATUS_"));
    if (profile != null) {
      print(profile);
    }
    findings(pkg, profile, above);
  }

  private void print(RiskProfile profile) {
    out.printf(
        "%nRisk under the rubric %s %s: %s%s%n",
        Text.printable(profile.getRubric()),
        Text.printable(profile.getRubricVersion()),
        words(profile.getOverall()),
        profile.getDraft() ? " (a draft)" : "");
    for (DimensionProfile dimension : profile.getDimensionsList()) {
      out.printf(
          "  %-4s %-45s %s%n",
          Text.printable(dimension.getDimension()),
          Text.printable(dimension.getTitle()),
          dimension.getNotAssessed() ? "not assessed" : words(dimension.getRisk()));
    }
  }

  private void findings(ReviewPackage pkg, RiskProfile profile, Level above) {
    Map<String, Level> computed =
        (profile == null ? Stream.<FindingRisk>empty() : profile.getFindingsList().stream())
            .collect(
                Collectors.toMap(
                    FindingRisk::getFinding, FindingRisk::getLevelMax, (first, second) -> first));
    Function<Finding, Level> level = f -> computed.getOrDefault(f.getId(), f.getOverall());
    // What nobody rated may be above any level.
    List<Finding> listed =
        Stream.concat(pkg.getFindingsList().stream(), pkg.getDisputedFindingsList().stream())
            .filter(f -> OPEN.contains(f.getState()))
            .filter(f -> rank(level.apply(f)) == 0 || rank(level.apply(f)) > rank(above))
            .toList();

    out.printf(
        "%n%d open finding(s)%s%n",
        listed.size(), rank(above) == 0 ? "" : " above " + Text.words(above, "LEVEL_"));
    for (Finding finding : listed) {
      Level risk = level.apply(finding);
      out.printf(
          "  %-12s %-10s %-12s %s%n",
          Text.printable(finding.getId()),
          rank(risk) == 0 ? "not rated" : Text.words(risk, "LEVEL_"),
          Text.words(finding.getState(), "FINDING_STATE_"),
          Text.printable(finding.getTitle()));
    }
  }

  /** The levels of the model stand in their order; a level without a name counts as not stated. */
  private static int rank(Level level) {
    return level == Level.UNRECOGNIZED ? 0 : level.getNumber();
  }

  private static String words(RiskInterval risk) {
    String least = Text.words(risk.getLevelMin(), "LEVEL_");
    String most = Text.words(risk.getLevelMax(), "LEVEL_");
    return "%s, %d to %d of 1000"
        .formatted(
            least.equals(most) ? least : least + " to " + most,
            risk.getScoreMin(),
            risk.getScoreMax());
  }
}
