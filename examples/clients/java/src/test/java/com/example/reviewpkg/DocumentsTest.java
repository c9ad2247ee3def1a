package com.example.reviewpkg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reviewpkg.v1.Common.Artifact;
import reviewpkg.v1.DocumentOuterClass.Section;
import reviewpkg.v1.FindingOuterClass.Finding;
import reviewpkg.v1.Package.ReviewPackage;
import reviewpkg.v1.People.Handle;
import reviewpkg.v1.PolicyOuterClass.Policy;

/** What is read, and what is said of it. */
class DocumentsTest {
  private static final ReviewPackage EMPTY = ReviewPackage.getDefaultInstance();

  private static <M extends Message> List<String> broken(String json, M empty)
      throws DocumentException {
    return new Rules()
        .broken(Documents.fromJson(json, empty)).stream()
            .map(b -> b.path() + " " + b.rule())
            .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"labels\": {\"a_b\": \"1\", \"aB\": \"2\"}}",
        "{\"renewal_due\": {\"value\": \"2026\"}, \"noFindingsStatement\": \"none\"}",
        "{\"status\": 1, \"processes\": [1, \"REVIEW_PROCESS_OPENSTACK\"]}",
        "{\"id\": null, \"findings\": null, \"project\": {}}"
      })
  void readsWhatSaysOneThingOnce(String json) throws DocumentException {
    Documents.fromJson(json, EMPTY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"renewal_due\": null, \"renewalDue\": null} | $.renewalDue: a second value",
        "{\"labels\": {\"a\": \"1\", \"a\": \"1\"}} | $.labels.a: a second value",
        "{\"findings\": [{\"id\": \"f\", \"id\": \"f\"}]} | $.findings[0].id: a second value",
        "{\"processes\": [1, 77]} | 77 is no value of reviewpkg.v1.ReviewProcess",
        "{\"id\": 7} | $.id: the wrong type",
        "{\"id\": [\"a\"]} | $.id: the wrong type",
        "{\"notices\": [[\"a\"]]} | $.notices[0]: the wrong type",
        "{\"people\": [{\"group\": \"true\"}]} | $.people[0].group: the wrong type",
        "{\"id\": \"a\"} {} | not valid JSON",
        "{\"id\": \"a\",} | not valid JSON",
        "{\"id\": \"a\"} // remark | not valid JSON",
        "{\"id\": \"\\ud800\"} | $.id: not Unicode",
      })
  void readsNothingElse(String json, String expected) {
    DocumentException e =
        assertThrows(DocumentException.class, () -> Documents.fromJson(json, EMPTY));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void enumNumbersWithoutANameAreReadWhereTheyMay() throws DocumentException {
    ReviewPackage pkg = Documents.fromJson("{\"status\": 99}", EMPTY, true);
    assertEquals(99, pkg.getStatusValue());
    assertEquals(pkg, Documents.fromJson(Documents.toJson(pkg), EMPTY, true));
  }

  @Test
  void namesRulesAndFieldsAsOthersDo() throws DocumentException {
    List<String> policy =
        broken(
            "{\"rules\": [{\"id\": \"r\"}, {\"id\": \"r\"}], "
                + "\"appetites\": [{\"dimension\": \"D1\"}]}",
            Policy.getDefaultInstance());
    assertTrue(policy.contains(" policy.rule_ids"), policy::toString);
    assertTrue(policy.contains("appetites[0].appetite required"), policy::toString);
    assertTrue(policy.contains("schema required"), policy::toString);
    List<String> labels = broken("{\"labels\": {\"a b\": \"1\"}}", EMPTY);
    assertTrue(labels.contains("labels[\"a b\"] string.pattern"), labels::toString);
    List<String> cvss = broken("{\"cvssVector\": \"AV:N\"}", Finding.getDefaultInstance());
    assertTrue(cvss.contains("cvss_vector string.pattern"), cvss::toString);
  }

  /** The pattern says how a name begins; Rules says why that needs a setting. */
  @Test
  void aPatternWithoutAnEndMatchesTheBeginning() throws DocumentException {
    assertEquals(
        List.of(),
        broken("{\"system\": \"irc\", \"name\": \"redrobot\"}", Handle.getDefaultInstance()));
  }

  @Test
  void aPathStaysInTheFolderOfThePackage() throws DocumentException {
    List<String> found = broken("{\"path\": \"a/../b\"}", Artifact.getDefaultInstance());
    assertTrue(found.contains("path artifact.path"), found::toString);
  }
}
