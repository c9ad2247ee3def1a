package com.example.reviewpkg;

import java.io.Serial;

/** A document that cannot be used, said in words for the person who gave it. */
final class DocumentException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DocumentException(String message) {
    super(Text.printable(message));
  }
}
