package com.example.reviewpkg;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Finds what JsonFormat lets pass. It reads with a lenient reader, which takes comments, bare words
 * and a second member of the same name, and it takes enum numbers that the model does not define.
 * Other readers of the same document would see another message, or none.
 */
final class StrictJson {
  /** JsonFormat goes 100 messages deep; a list and its item are two levels here. */
  private static final int MAX_NESTING = 200;

  private final JsonReader reader;
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Map<Descriptor, Map<String, FieldDescriptor>> fieldsOf = new HashMap<>();

  private StrictJson(String text) {
    reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_NESTING);
  }

  /** Throws if text is no JSON, or says one thing twice, or has an enum number without a name. */
  static void check(String text, Descriptor message) throws DocumentException {
    StrictJson json = new StrictJson(text);
    try {
      json.value(message, null);
      if (json.reader.peek() != JsonToken.END_DOCUMENT) {
        throw new DocumentException("more than one value");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new DocumentException("not valid JSON: " + e.getMessage());
    }
  }

  /** Reads a value: of a message, or of a field that is no message, or, both null, any value. */
  private void value(Descriptor message, FieldDescriptor field)
      throws IOException, DocumentException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> object(message, field);
      case BEGIN_ARRAY -> {
        reader.beginArray();
        while (reader.hasNext()) {
          value(message, field);
        }
        reader.endArray();
      }
      case STRING -> unicode(reader.nextString());
      case NUMBER -> number(field, reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      default -> reader.nextNull();
    }
  }

  private void object(Descriptor message, FieldDescriptor field)
      throws IOException, DocumentException {
    boolean entries = field != null && field.isMapField();
    Set<Object> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      unicode(name);
      // A field has two names, package_digest and packageDigest.
      FieldDescriptor member = message == null ? null : fields(message).get(name);
      if (!seen.add(member == null ? name : member)) {
        throw new DocumentException(reader.getPath() + ": a second value");
      }
      if (entries) {
        ofField(field.getMessageType().findFieldByName("value"));
      } else {
        ofField(member);
      }
    }
    reader.endObject();
  }

  private void ofField(FieldDescriptor field) throws IOException, DocumentException {
    if (field == null || field.getJavaType() != JavaType.MESSAGE || field.isMapField()) {
      value(null, field);
      return;
    }
    Descriptor message = field.getMessageType();
    // google.protobuf.Value and its like are any JSON.
    value(message.getFile().getPackage().equals("google.protobuf") ? null : message, null);
  }

  private void number(FieldDescriptor field, String digits) throws DocumentException {
    if (field == null || field.getJavaType() != JavaType.ENUM) {
      return;
    }
    double number = Double.parseDouble(digits);
    if (number != (int) number || field.getEnumType().findValueByNumber((int) number) == null) {
      throw new DocumentException(
          "%s: %s is no value of %s"
              .formatted(reader.getPath(), digits, field.getEnumType().getFullName()));
    }
  }

  /** A half of a surrogate pair is no character and has no form in UTF-8. */
  private void unicode(String text) throws DocumentException {
    if (!utf8.canEncode(text)) {
      throw new DocumentException(reader.getPath() + ": not Unicode");
    }
  }

  private Map<String, FieldDescriptor> fields(Descriptor message) {
    return fieldsOf.computeIfAbsent(
        message,
        of -> {
          Map<String, FieldDescriptor> names = new HashMap<>();
          for (FieldDescriptor field : of.getFields()) {
            names.put(field.getName(), field);
            names.put(field.getJsonName(), field);
          }
          return names;
        });
  }
}
