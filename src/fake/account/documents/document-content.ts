import type { YamlReader } from "../../documents/child-document.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { isDeeperThan, MOST_LEVELS } from "../../documents/nesting.ts";
import { parseDocument } from "../../documents/parse-document.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { jacksonJson, jacksonYaml } from "./converted-content.ts";
import { endOfValue, jsonMistakeIn } from "./json-places.ts";
import { MOST_LEXEMES, readYaml, type Yaml } from "./read-yaml.ts";

/** The formats that a Command document is written in. */
export type ContentFormat = "JSON" | "YAML";

/** What the author of a document wrote. */
export interface WrittenContent {
  readonly format: ContentFormat;
  readonly text: string;
  /** What the text means, as plain data. */
  readonly value: unknown;
}

/** Content that is a valid document. */
export interface DocumentContent {
  readonly written: WrittenContent;
  readonly document: DocumentModel;
  /** Its bytes in what an agent is sent, as JSON without blanks, in ASCII. */
  readonly payloadBytes: number;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
  /** Reads YAML; there if its steps run other documents, whose parameters may be YAML. */
  readonly readYaml?: YamlReader;
}

/** The most bytes that a document may have. */
const MOST_DOCUMENT_BYTES = 64 * 1024;

const TOO_DEEP = `The document is nested deeper than ${MOST_LEVELS} levels.`;

/**
 * Reads text that is to become a document: its size, its syntax, its depth.
 *
 * @param format - The format that it must have; without one it may be JSON or YAML, and text that is neither is refused in
 *   the parser's own words.
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

/** Makes a document of content that was read. */
export async function documentOf(written: WrittenContent): Promise<Result<DocumentContent>> {
  const result = parseDocument(written.value);
  if (!result.ok) {
    const { message, parameter } = result;
    return refuse("InvalidDocumentContent", message + placeOfParameter(parameter, written));
  }
  const bytes = new TextEncoder().encode(written.text);
  const hash = await sha256(bytes);
  const { document } = result;
  const payloadBytes = asciiBytes(JSON.stringify(written.value));
  const content = { written, document, payloadBytes, hash };
  const runsOthers = document.steps.some(({ action }) => action === "aws:runDocument");
  return ok(runsOthers ? { ...content, readYaml: await yamlReader() } : content);
}

/** The content in the wanted format: the author's own text, or one that means the same. */
export function contentAs({ format, text, value }: WrittenContent, wanted: ContentFormat): string {
  if (format === wanted) return text;
  return wanted === "JSON" ? jacksonJson(value) : jacksonYaml(value);
}

/**
 * Where AWS finds a mistake of a parameter: at the last character of the parameter's object [rec-2026-09-27-documents].
 * Known of JSON alone; of YAML nothing is said (our decision).
 */
function placeOfParameter(name: string | undefined, { format, text }: WrittenContent): string {
  const end =
    name === undefined || format === "YAML" ? undefined : endOfValue(text, ["parameters", name]);
  return end === undefined ? "" : said(placeOf(end, text));
}

/** The bytes of JSON in which every character beyond ASCII is escaped. */
export function asciiBytes(json: string): number {
  let bytes = json.length;
  for (let at = 0; at < json.length; at++) if (json.charCodeAt(at) > 0x7f) bytes += 5;
  return bytes;
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

/** Parses YAML. The parser is loaded with the first text that is not JSON. */
async function parseYaml(text: string, format: ContentFormat | undefined): Promise<Parsed> {
  return parseWith(await import("yaml"), text, format);
}

async function yamlReader(): Promise<YamlReader> {
  const yaml = await import("yaml");
  return (text) => {
    if (new TextEncoder().encode(text).byteLength > MOST_DOCUMENT_BYTES) {
      return { problem: "it is larger than 64 KB" };
    }
    return parseWith(yaml, text, undefined);
  };
}

function parseWith(yaml: Yaml, text: string, format: ContentFormat | undefined): Parsed {
  const read = readYaml(text, { yaml, most: MOST_LEVELS });
  if (read.ok) return { format: "YAML", value: read.value };
  switch (read.what) {
    case "depth":
      return { problem: TOO_DEEP };
    case "length":
      return { problem: `FakeSsm reads at most ${MOST_LEXEMES} words and marks of YAML.` };
    case "aliases":
      return { problem: read.message };
    case "syntax": {
      const place = placeOf(read.at, text);
      const problem =
        format === undefined
          ? `${read.message} at line ${place.line}, column ${place.col}`
          : notWellFormed("YAML", place);
      return { problem };
    }
  }
}

interface TextPlace {
  readonly line: number;
  readonly col: number;
}

/**
 * AWS's words for JSON [report-not-well-formed] [rec-2026-09-27-documents]. The exact place depends on the parser, and ours
 * is not AWS's.
 */
function notWellFormed(format: ContentFormat, place: TextPlace | undefined): string {
  return `${format} not well-formed.${place === undefined ? "" : said(place)}`;
}

function said({ line, col }: TextPlace): string {
  return ` at Line: ${line}, Column: ${col}`;
}

function placeOf(offset: number, text: string): TextPlace {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
