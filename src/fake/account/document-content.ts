import type { DocumentModel } from "../documents/document-model.ts";
import { parseDocument } from "../documents/parse-document.ts";
import { ok, type Result, refuse } from "../result.ts";
import { jsonMistakeIn } from "./json-mistake.ts";

/** The formats that a Command document is written in. */
export type ContentFormat = "JSON" | "YAML";

/** What the author of a document wrote. */
export interface WrittenContent {
  readonly format: ContentFormat;
  readonly text: string;
  /** What the text says. */
  readonly value: unknown;
}

/** Content that has been found to be a document. */
export interface DocumentContent {
  readonly written: WrittenContent;
  readonly document: DocumentModel;
  /** The size of the text in bytes. */
  readonly size: number;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
}

/** The most bytes that a document may have. */
const MOST_DOCUMENT_BYTES = 64 * 1024;

/** How deep content may be nested (our decision: whatever walks it later does so by recursion). */
const MOST_LEVELS = 100;
const TOO_DEEP = `The document is nested deeper than ${MOST_LEVELS} levels.`;

/**
 * Reads text that is to become a document: its size, its syntax, its depth.
 *
 * @param format - What it has to be; without it JSON or YAML, and a parser's own words when it is neither.
 */
export async function readContent(
  text: string,
  format?: ContentFormat,
): Promise<Result<WrittenContent>> {
  if (new TextEncoder().encode(text).byteLength > MOST_DOCUMENT_BYTES) {
    return refuse("MaxDocumentSizeExceeded", "The size of the document exceeds the 64KB limit.");
  }
  const parsed = await parse(text, format);
  if ("problem" in parsed) return refuse("InvalidDocumentContent", parsed.problem);
  if (isDeeperThan(MOST_LEVELS, parsed.value)) return refuse("InvalidDocumentContent", TOO_DEEP);
  return ok({ text, ...parsed });
}

/** Makes a document of what was read. */
export async function documentOf(written: WrittenContent): Promise<Result<DocumentContent>> {
  const result = parseDocument(written.value);
  if (!result.ok) return refuse("InvalidDocumentContent", result.message);
  const bytes = new TextEncoder().encode(written.text);
  const hash = await sha256(bytes);
  return ok({ written, document: result.document, size: bytes.byteLength, hash });
}

/** The text in the format that is asked for: its author's own, or one that says the same. */
export async function contentAs(
  { format, text, value }: WrittenContent,
  wanted: ContentFormat,
): Promise<string> {
  if (format === wanted) return text;
  if (wanted === "JSON") return JSON.stringify(value, null, 2);
  const { stringify } = await import("yaml");
  return stringify(value);
}

type Parsed =
  | { readonly format: ContentFormat; readonly value: unknown }
  | { readonly problem: string };

async function parse(text: string, format: ContentFormat | undefined): Promise<Parsed> {
  if (format !== "YAML") {
    try {
      return { format: "JSON", value: JSON.parse(text) };
    } catch {
      if (format === "JSON")
        return { problem: notWellFormed("JSON", placeOf(jsonMistakeIn(text), text)) };
    }
  }
  return parseYaml(text, format);
}

/** The parser of YAML is loaded when the first text comes that is not JSON. */
async function parseYaml(text: string, format: ContentFormat | undefined): Promise<Parsed> {
  const yaml = await import("yaml");
  // Composing goes into depth by recursion, and at the end of the stack a regular expression ends the process of Node.
  if (isYamlDeeperThan(MOST_LEVELS, text, yaml)) return { problem: TOO_DEEP };
  const { parse, YAMLParseError } = yaml;
  try {
    // Aliases are bounded by the parser, which refuses those that would explode. Its warnings are not ours to print.
    return { format: "YAML", value: parse(text, { logLevel: "error" }) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isSyntax = error instanceof YAMLParseError;
    if (format === undefined || !isSyntax) return { problem: why };
    return { problem: notWellFormed("YAML", error.linePos?.[0]) };
  }
}

/** What the parser has open beside the levels of a document: the document, a scalar, and what comes before a key. */
const OPEN_BESIDE = 3;

/** Whether text is nested deeper than so many levels, or somewhat below; told without recursion, as its lexemes come. */
function isYamlDeeperThan(
  most: number,
  text: string,
  { Lexer, Parser }: Pick<typeof import("yaml"), "Lexer" | "Parser">,
): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme)); // a generator, which does its work as it is read
    if (parser.stack.length > most + OPEN_BESIDE) return true;
  }
  return false;
}

interface TextPlace {
  readonly line: number;
  readonly col: number;
}

/** AWS's words (seen 2018 and 2019 for JSON). Where exactly depends on the parser, and ours is not AWS's. */
function notWellFormed(format: ContentFormat, place: TextPlace | undefined): string {
  const where = place === undefined ? "" : ` at Line: ${place.line}, Column: ${place.col}`;
  return `${format} not well-formed.${where}`;
}

function placeOf(offset: number, text: string): TextPlace {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
}

/**
 * Whether a value is nested deeper than so many levels; one that contains itself is. What several places share is walked
 * again only where it lies deeper than before.
 */
function isDeeperThan(most: number, value: unknown, seen = new Map<object, number>()): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (most === 0) return true;
  const left = seen.get(value);
  if (left !== undefined && left <= most) return false;
  seen.set(value, most);
  return Object.values(value).some((held) => isDeeperThan(most - 1, held, seen));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
