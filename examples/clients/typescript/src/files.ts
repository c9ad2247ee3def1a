import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import {
  type DescMessage,
  fromBinary,
  fromJsonString,
  type MessageShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { printable } from "./text.js";

/** A file that cannot be used; the message names it and says why. */
export class FileError extends Error {
  override name = "FileError";
  constructor(
    readonly file: string,
    reason: string,
  ) {
    super(`${printable(file)}: ${reason}`);
  }
}

// The limits of the Go SDK: what it refuses, no other program should take.
const maxBytes = 16 << 20;
const recursionLimit = 100;

/** The two forms that programs exchange. YAML is for people; Go reads it. */
export type Format = "json" | "binary";

/** Tells the form of a file by its extension. */
export function formatOf(file: string): Format {
  switch (extname(file).toLowerCase()) {
    case ".json":
      return "json";
    case ".binpb":
    case ".pb":
      return "binary";
    default:
      throw new FileError(file, "the name must end in .json, .binpb or .pb");
  }
}

/** Decodes a message, strictly: what the model does not know is an error. */
export function decode<D extends DescMessage>(
  schema: D,
  data: Uint8Array,
  format: Format,
): MessageShape<D> {
  if (format === "binary") {
    return fromBinary(schema, data, { recursionLimit });
  }
  // fatal: text that is not UTF-8 must not be mended silently.
  const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
  return fromJsonString(schema, text, { recursionLimit });
}

/** Encodes a message. JSON is indented, and equal to Go's in content only. */
export function encode<D extends DescMessage>(
  schema: D,
  message: MessageShape<D>,
  format: Format,
): Uint8Array {
  if (format === "binary") {
    return toBinary(schema, message);
  }
  return new TextEncoder().encode(`${toJsonString(schema, message, { prettySpaces: 2 })}\n`);
}

/** A message, and the bytes that it was read from. */
export interface Document<D extends DescMessage> {
  readonly message: MessageShape<D>;
  readonly data: Uint8Array;
}

/** Reads a document. Every mistake is a FileError. */
export function readDocument<D extends DescMessage>(schema: D, file: string): Document<D> {
  const format = formatOf(file);
  const data = readLimited(file);
  try {
    return { message: decode(schema, data, format), data };
  } catch (error) {
    throw new FileError(file, `not a ${schema.name} in ${format}: ${reasonOf(error)}`);
  }
}

/** Writes a document in the form that the name of the file asks for. */
export function writeDocument<D extends DescMessage>(
  schema: D,
  file: string,
  message: MessageShape<D>,
): void {
  const data = encode(schema, message, formatOf(file));
  try {
    writeFileSync(file, data);
  } catch (error) {
    throw new FileError(file, reasonOf(error));
  }
}

function readLimited(file: string): Uint8Array {
  try {
    const descriptor = openSync(file, "r");
    try {
      const { size } = fstatSync(descriptor);
      if (size > maxBytes) {
        throw new Error(`${size} bytes are more than the ${maxBytes} that are read`);
      }
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new FileError(file, reasonOf(error));
  }
}

/** Why something failed, in one printable line. */
export function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
