package com.example.reviewpkg;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import java.util.Comparator;
import java.util.List;

/** Checks documents against the rules that stand in the .proto files. */
final class Rules {
  /**
   * protovalidate-java 1.3.0 evaluates string.pattern without CEL, as a match of the whole text.
   * CEL, and so every other implementation, looks for the pattern anywhere in it, unless it is
   * anchored.
   */
  private static final Config WITH_CEL = Config.newBuilder().setEnableNativeRules(false).build();

  private final Validator validator = ValidatorFactory.newBuilder().withConfig(WITH_CEL).build();

  /** A rule that a document breaks: its id, the path of the field, and why, for people. */
  record Broken(String rule, String path, String message) {
    @Override
    public String toString() {
      String what = message.isEmpty() ? rule : message;
      return Text.printable(path.isEmpty() ? what : path + ": " + what);
    }
  }

  /** Returns every rule that the document breaks, by path and then by rule. */
  List<Broken> broken(Message document) throws DocumentException {
    ValidationResult result;
    try {
      result = validator.validate(document);
    } catch (ValidationException e) {
      throw new DocumentException("the rules cannot be evaluated: " + e.getMessage());
    }
    return result.toProto().getViolationsList().stream()
        .map(v -> new Broken(v.getRuleId(), path(v.getField()), v.getMessage()))
        .sorted(Comparator.comparing(Broken::path).thenComparing(Broken::rule))
        .toList();
  }

  /** Throws if the document breaks a rule. */
  void check(String name, Message document) throws DocumentException {
    List<Broken> broken = broken(document);
    if (!broken.isEmpty()) {
      throw new DocumentException(
          "%s: breaks %d rule(s): %s".formatted(name, broken.size(), join(broken)));
    }
  }

  private static String join(List<Broken> broken) {
    return String.join("; ", broken.stream().limit(20).map(Broken::toString).toList());
  }

  /** Writes a path as all implementations of protovalidate do: findings[0].id, labels["a"]. */
  private static String path(FieldPath path) {
    StringBuilder out = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      out.append(out.isEmpty() ? "" : ".").append(element.getFieldName());
      switch (element.getSubscriptCase()) {
        case INDEX -> out.append('[').append(Long.toUnsignedString(element.getIndex())).append(']');
        case STRING_KEY -> out.append("[\"").append(escape(element.getStringKey())).append("\"]");
        case BOOL_KEY -> out.append('[').append(element.getBoolKey()).append(']');
        case INT_KEY -> out.append('[').append(element.getIntKey()).append(']');
        case UINT_KEY ->
            out.append('[').append(Long.toUnsignedString(element.getUintKey())).append(']');
        case SUBSCRIPT_NOT_SET -> {}
      }
    }
    return out.toString();
  }

  private static String escape(String key) {
    return key.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\r", "\\r");
  }
}
