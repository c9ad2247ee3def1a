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
 * and a second member of the same name; it takes a number, or a list of one text, for a text; and
 * it takes enum numbers that the model does not define. Other readers of the same document would
 * see another message, or none.
 */
final class StrictJson {
  /** JsonFormat goes 100 messages deep; a list and its item are two levels here. */
  private static final int MAX_NESTING = 200;

  private final JsonReader reader;
  private final boolean anyEnumNumber;
  private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
  private final Map<Descriptor, Map<String, FieldDescriptor>> fieldsOf = new HashMap<>();

  private StrictJson(String text, boolean anyEnumNumber) {
    this.anyEnumNumber = anyEnumNumber;
    reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_NESTING);
  }

  /** Throws if text is not strictly the JSON of a message. */
  static void check(String text, Descriptor message, boolean anyEnumNumber)
      throws DocumentException {
    StrictJson json = new StrictJson(text, anyEnumNumber);
    try {
      json.object(message);
      if (json.reader.peek() != JsonToken.END_DOCUMENT) {
        throw new DocumentException("not valid JSON: more than one value");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new DocumentException("not valid JSON: " + e.getMessage());
    }
  }

  /** Reads a message; null stands for an object whose members are no fields. */
  private void object(Descriptor message) throws IOException, DocumentException {
    Set<Object> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = unicode(reader.nextName());
      // A field has two names, package_digest and packageDigest.
      FieldDescriptor field = message == null ? null : fields(message).get(name);
      once(seen, field == null ? name : field);
      value(field, false);
    }
    reader.endObject();
  }

  private void entries(FieldDescriptor map) throws IOException, DocumentException {
    FieldDescriptor value = map.getMessageType().findFieldByName("value");
    Set<Object> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      once(seen, unicode(reader.nextName()));
      value(value, false);
    }
    reader.endObject();
  }

  private void once(Set<Object> seen, Object member) throws DocumentException {
    if (!seen.add(member)) {
      throw new DocumentException(reader.getPath() + ": a second value");
    }
  }

  /**
   * Reads a value.
   *
   * @param field what it is the value of; null if it may be any JSON
   * @param item whether it is an item of the field's list
   */
  private void value(FieldDescriptor field, boolean item) throws IOException, DocumentException {
    if (field != null && isAnyJson(field)) {
      field = null;
    }
    JsonToken token = reader.peek();
    if (field != null && !fits(field, token, item)) {
      throw new DocumentException(reader.getPath() + ": the wrong type");
    }
    switch (token) {
      case BEGIN_OBJECT -> {
        if (field != null && field.isMapField()) {
          entries(field);
        } else {
          object(field == null ? null : field.getMessageType());
        }
      }
      case BEGIN_ARRAY -> {
        reader.beginArray();
        while (reader.hasNext()) {
          value(field, true);
        }
        reader.endArray();
      }
      case STRING -> unicode(reader.nextString());
      case NUMBER -> number(field, reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      default -> reader.nextNull();
    }
  }

  /** google.protobuf.Value and its like have a JSON of their own. */
  private static boolean isAnyJson(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && field.getMessageType().getFile().getPackage().equals("google.protobuf");
  }

  private static boolean fits(FieldDescriptor field, JsonToken token, boolean item) {
    if (token == JsonToken.NULL) {
      return true;
    }
    if (field.isRepeated() && !item) {
      return token == (field.isMapField() ? JsonToken.BEGIN_OBJECT : JsonToken.BEGIN_ARRAY);
    }
    return switch (field.getJavaType()) {
      case STRING, BYTE_STRING -> token == JsonToken.STRING;
      case BOOLEAN -> token == JsonToken.BOOLEAN;
      case MESSAGE -> token == JsonToken.BEGIN_OBJECT;
      case INT, LONG, FLOAT, DOUBLE, ENUM -> token == JsonToken.NUMBER || token == JsonToken.STRING;
    };
  }

  private void number(FieldDescriptor field, String digits) throws DocumentException {
    if (anyEnumNumber || field == null || field.getJavaType() != JavaType.ENUM) {
      return;
    }
    double number = Double.parseDouble(digits);
    if (number != (int) number || field.getEnumType().findValueByNumber((int) number) == null) {
      throw new DocumentException(
          "%s: %s is no value of %s"
              .formatted(reader.getPath(), digits, field.getEnumType().getFullName()));
    }
  }

  /** Half of a surrogate pair is no character, and has no form in UTF-8. */
  private String unicode(String text) throws DocumentException {
    if (!utf8.canEncode(text)) {
      throw new DocumentException(reader.getPath() + ": not Unicode");
    }
    return text;
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
