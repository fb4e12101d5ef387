/**
 * The content of a document in the format that it was not written in, as GetDocument shows it: JSON as Java's Jackson
 * prints it by default, YAML as Jackson's writer of YAML does [rec-2026-09-27-documents] [rec-2026-10-01-schemas].
 */

/** JSON with two blanks for each level of objects, blanks around the colon, and lists in one line as far as they can be. */
export function jacksonJson(value: unknown): string {
  return json(value, "");
}

/**
 * YAML with every string value in double quotes, so that no reader takes one for something else; list items stand below
 * their key. Lines of more than 80 characters go on in the next one.
 */
export function jacksonYaml(value: unknown): string {
  return `---${node(value, { indent: 0, isInMap: false, column: 3 })}\n`;
}

function json(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "[ ]" : `[ ${value.map((item) => json(item, indent)).join(", ")} ]`;
  }
  if (typeof value === "object" && value !== null) {
    const inner = `${indent}  `;
    const members = Object.entries(value).map(
      ([name, held]) => `${inner}${jsonText(name)} : ${json(held, inner)}`,
    );
    return members.length === 0 ? "{ }" : `{\n${members.join(",\n")}\n${indent}}`;
  }
  return typeof value === "string" ? jsonText(value) : scalar(value);
}

/** Jackson writes numbers that JSON does not have in quotes. */
function scalar(value: unknown): string {
  return typeof value === "number" && !Number.isFinite(value) ? `"${value}"` : String(value);
}

/** Jackson writes the hexadecimal digits of control characters in capitals. */
function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /\\u00[\da-f]{2}/g,
    (found) => `\\u${found.slice(2).toUpperCase()}`,
  );
}

/** Where a value of YAML stands. */
interface Place {
  /** The column in which the members and items of the value begin. */
  readonly indent: number;
  /** Whether it is the value of a key: then items of a list stand in the column of that key. */
  readonly isInMap: boolean;
  /** How many characters stand before it in its line. */
  readonly column: number;
}

/** A value behind what stands before it in its line: it begins with a blank or with a new line. */
function node(value: unknown, at: Place): string {
  if (Array.isArray(value)) return list(value, at);
  if (typeof value === "object" && value !== null) return map(value, at);
  if (typeof value === "string") return ` ${quoted(value, at)}`;
  return ` ${String(value)}`;
}

function list(items: readonly unknown[], { indent, isInMap }: Place): string {
  if (items.length === 0) return " []";
  const column = isInMap ? indent - 2 : indent;
  const blanks = " ".repeat(column);
  return items
    .map((item) => {
      const text = node(item, { indent: column + 2, isInMap: false, column: column + 1 });
      return `\n${blanks}-${isNested(item) ? ` ${text.trimStart()}` : text}`;
    })
    .join("");
}

function map(members: object, { indent }: Place): string {
  const entries = Object.entries(members);
  if (entries.length === 0) return " {}";
  const blanks = " ".repeat(indent);
  return entries
    .map(([name, held]) => {
      const text = isPlain(name) ? name : JSON.stringify(name);
      // A long key has a mark of its own, since a parser looks for the colon within so many characters only.
      const key =
        text.length > LONGEST_KEY ? `${blanks}? ${text}\n${blanks}:` : `${blanks}${text}:`;
      return `\n${key}${node(held, { indent: indent + 2, isInMap: true, column: key.length })}`;
    })
    .join("");
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

/** Words that readers of YAML 1.1 take for something else than a string. */
const NO_STRINGS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;

/** Whether a key needs no quotes. */
function isPlain(key: string): boolean {
  return /^[A-Za-z_$/][\w$./-]*(?::[\w$./-]+)*$/.test(key) && !NO_STRINGS.test(key);
}

/** How long a key may be that needs no mark. */
const LONGEST_KEY = 128;

/** Where the writer begins a new line, if there is a blank. */
const BEST_WIDTH = 80;

const ESCAPES: Readonly<Record<string, string>> = {
  "\0": "\\0",
  "\x07": "\\a",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\v": "\\v",
  "\f": "\\f",
  "\r": "\\r",
  "\x1b": "\\e",
  '"': '\\"',
  "\\": "\\\\",
  "\x85": "\\N",
  "\xa0": "\\_",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

/**
 * Text in double quotes. Where a line is longer than 80 characters, it goes on behind a backslash: before the next blank,
 * which is then escaped, or behind the next character that is no ASCII or had to be escaped. The first and the last
 * character are never parted from their quotes.
 */
function quoted(text: string, { indent, column: before }: Place): string {
  const newLine = `\\\n${" ".repeat(indent)}`;
  let out = '"';
  let column = before + 2;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    const isInside = at > 0 && at < text.length - 1;
    if (char === " " && isInside && column > BEST_WIDTH) {
      out += `${newLine}\\`;
      column = indent + 1;
    }
    const written = escapedInYaml(char);
    out += written;
    column += written.length;
    if (isInside && isSpecial(char) && column - 1 > BEST_WIDTH) {
      const blank = text[at + 1] === " " ? "\\" : "";
      out += newLine + blank;
      column = indent + blank.length;
    }
  }
  return `${out}"`;
}

function isSpecial(char: string): boolean {
  return char < " " || char > "~" || char === '"' || char === "\\";
}

function escapedInYaml(char: string): string {
  const short = ESCAPES[char];
  if (short !== undefined) return short;
  const code = char.charCodeAt(0);
  if (code >= 0x20 && code !== 0x7f && code !== 0xfeff && (code < 0x80 || code > 0x9f)) return char;
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}
