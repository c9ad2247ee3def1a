package com.example.reviewpkg;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads and writes documents: canonical JSON in .json files, binary in .binpb files. */
final class Documents {
  /** As large as the SDK for Go lets a document be. */
  private static final int MAX_BYTES = 16 << 20;

  private Documents() {}

  /**
   * Reads the document in file.
   *
   * @param empty a message of its kind
   */
  static <M extends Message> M read(Path file, M empty) throws DocumentException {
    try {
      Form form = Form.of(file);
      byte[] data;
      try (InputStream in = Files.newInputStream(file)) {
        data = in.readNBytes(MAX_BYTES + 1);
      }
      if (data.length > MAX_BYTES) {
        throw new DocumentException("larger than " + MAX_BYTES + " bytes");
      }
      return form == Form.JSON ? fromJson(text(data), empty) : fromBinary(data, empty);
    } catch (DocumentException e) {
      throw new DocumentException(file + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new DocumentException(file + ": no such file");
    } catch (IOException e) {
      throw new DocumentException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** Writes a document in the form that the name of the file asks for. */
  static void write(Path file, Message message) throws DocumentException {
    try {
      Form form = Form.of(file);
      Files.write(
          file,
          form == Form.JSON
              ? toJson(message).getBytes(StandardCharsets.UTF_8)
              : message.toByteArray());
    } catch (DocumentException e) {
      throw new DocumentException(file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new DocumentException(file + ": cannot be written: " + e.getMessage());
    }
  }

  static <M extends Message> M fromJson(String text, M empty) throws DocumentException {
    return fromJson(text, empty, false);
  }

  /**
   * Reads JSON.
   *
   * @param anyEnumNumber whether an enum may have a number that the model does not define: as a
   *     message has it that was binary
   */
  static <M extends Message> M fromJson(String text, M empty, boolean anyEnumNumber)
      throws DocumentException {
    StrictJson.check(text, empty.getDescriptorForType(), anyEnumNumber);
    Message.Builder builder = empty.newBuilderForType();
    try {
      JsonFormat.parser().merge(text, builder);
    } catch (InvalidProtocolBufferException e) {
      throw undecodable(e);
    }
    return same(builder.build(), empty);
  }

  static <M extends Message> M fromBinary(byte[] data, M empty) throws DocumentException {
    try {
      return same(empty.getParserForType().parseFrom(data), empty);
    } catch (InvalidProtocolBufferException e) {
      throw undecodable(e);
    }
  }

  static String toJson(Message message) throws DocumentException {
    try {
      return JsonFormat.printer().print(message) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new DocumentException("cannot be written as JSON: " + e.getMessage());
    }
  }

  private static DocumentException undecodable(InvalidProtocolBufferException cause) {
    return new DocumentException("no such document: " + cause.getMessage());
  }

  private static String text(byte[] data) throws DocumentException {
    try {
      // new String would put U+FFFD where the file is no UTF-8.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      throw new DocumentException("not UTF-8");
    }
  }

  /** A message that was made from a message of a kind is of that kind. */
  @SuppressWarnings("unchecked")
  private static <M extends Message> M same(Message message, M kind) {
    return (M) kind.getClass().cast(message);
  }

  private enum Form {
    JSON,
    BINARY;

    static Form of(Path file) throws DocumentException {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".json")) {
        return JSON;
      }
      if (name.endsWith(".binpb")) {
        return BINARY;
      }
      throw new DocumentException("the name of a document ends in .json or .binpb");
    }
  }
}
