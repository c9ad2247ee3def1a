package com.example.reviewpkg;

import java.util.Locale;

/** Words for people. */
final class Text {
  private Text() {}

  /**
   * Returns a text without control characters. What a document says is somebody else's: it must
   * neither move the cursor of a terminal nor write a line of its own.
   */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> out.append(String.format("\\u{%x}", c));
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** Returns the name of an enum value without the prefix of its enum: LEVEL_VERY_LOW, very low. */
  static String words(Enum<?> value, String prefix) {
    String name = value.name();
    return name.substring(name.startsWith(prefix) ? prefix.length() : 0)
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }
}
