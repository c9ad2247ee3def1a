import type { DescEnum } from "@bufbuild/protobuf";

// Control characters move the cursor, and the bidirectional and invisible ones
// make a text look like another. A document may hold them; a terminal must not.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const longest = 300;

/** Text from a document, safe to print on one line and not without end. */
export function printable(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(
    unprintable,
    (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}}`,
  );
}

/** The value of an enum in words: LEVEL_VERY_HIGH is "very high". */
export function enumWord(desc: DescEnum, number: number): string {
  const name = desc.value[number]?.localName;
  return name === undefined ? `${number}` : name.toLowerCase().replaceAll("_", " ");
}

/** The number of an enum value from its word, or undefined if there is none. */
export function enumNumber(desc: DescEnum, word: string): number | undefined {
  const wanted = word.trim().toUpperCase().replaceAll(/[ -]/g, "_");
  return desc.values.find((v) => v.number !== 0 && (v.localName === wanted || v.name === wanted))
    ?.number;
}
