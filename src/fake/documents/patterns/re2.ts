import {
  type CaseFolding,
  caseFolding,
  escaped,
  type Read,
  readChar,
  readClass,
  readClassEscape,
  readEscape,
  wellFormed,
} from "./re2-classes.ts";
import {
  alternation,
  assertion,
  capture,
  character,
  concatenation,
  literal,
  PatternComplaint,
  type Piece,
  repeated,
} from "./re2-pieces.ts";

/** A pattern as Go's regexp package compiles it, or its complaint. */
export type GoPattern =
  | { readonly ok: true; readonly matches: (text: string) => boolean }
  | { readonly ok: false; readonly error: string };

/**
 * A pattern of Go 1.22 to 1.24 [go-regexp-syntax], which is what the agent reads an `allowedPattern` with
 * [agent-allowed-pattern]. It is found anywhere in a string, unless it says otherwise itself.
 *
 * JavaScript searches by trying, so that a pattern such as `(a*)*b` may take long where Go's search does not. A pattern of
 * many thousands of characters that is too large for JavaScript is called so in Go's words (our decision).
 */
export function compileGoPattern(pattern: string): GoPattern {
  try {
    return { ok: true, matches: compiled(new PatternReader(pattern).read()) };
  } catch (error) {
    if (!(error instanceof PatternComplaint)) throw error;
    const { message, quoted = pattern } = error;
    return { ok: false, error: `error parsing regexp: ${message}: \`${quoted}\`` };
  }
}

type Flag = "i" | "m" | "s" | "U";
type Flags = Readonly<Record<Flag, boolean>>;

/** What is open: the whole pattern, or a group in it. */
interface OpenGroup {
  readonly captures: boolean;
  /** The flags to go back to when it ends. */
  readonly flagsBefore: Flags;
  readonly branches: Piece[];
  pieces: Piece[];
}

/** `*`, `+`, `?` or a count, and where it begins and ends. */
interface Operator {
  readonly min: number;
  readonly max: number | undefined;
  readonly start: number;
  readonly end: number;
}

const NO_FLAGS: Flags = { i: false, m: false, s: false, U: false };
const MAX_REPEAT = 1_000;
const COUNT = /^\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/;
const GROUP_NAME = /^[0-9A-Z_a-z]+$/;

const QUOTATION = String.raw`\Q`;
const END_OF_QUOTATION = String.raw`\E`;

/** Not `[^]`, which does not match a newline under the flag `v` in Node 20. */
const ANY = String.raw`[\s\S]`;
const ANY_BUT_NEWLINE = String.raw`[^\n]`;
const BEGIN_OF_TEXT = "^";
const END_OF_TEXT = "$";
const BEGIN_OF_LINE = String.raw`(?<=^|\n)`;
const END_OF_LINE = String.raw`(?=$|\n)`;

/** Assertions that are escapes, in JavaScript's words. */
const ASSERTIONS: ReadonlyMap<string, string> = new Map([
  ["A", BEGIN_OF_TEXT],
  ["b", String.raw`\b`],
  // Node also looks between the halves of a surrogate pair, where no character begins.
  ["B", String.raw`\B(?=$|${ANY})`],
  ["z", END_OF_TEXT],
]);

/** Reads from the left to the right without recursion, so that no pattern nests too deeply for JavaScript. */
class PatternReader {
  readonly #pattern: string;
  readonly #folding = caseFolding();
  readonly #outer: OpenGroup[] = [];
  #group = openGroup({ captures: false, flagsBefore: NO_FLAGS });
  #flags = NO_FLAGS;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): Piece {
    let last: Operator | undefined;
    while (this.#at < this.#pattern.length) {
      const operator = readOperator(this.#pattern, this.#at);
      if (operator === undefined) this.#readPiece();
      else this.#repeat(operator, last);
      last = operator;
    }
    const whole = this.#closed();
    if (this.#outer.length > 0) throw new PatternComplaint("missing closing )");
    return whole;
  }

  #readPiece(): void {
    const char = this.#pattern[this.#at];
    if (char === "(") this.#open();
    else if (char === "|") this.#nextBranch();
    else if (char === ")") this.#close();
    else if (this.#pattern.startsWith(QUOTATION, this.#at)) this.#readQuotation();
    else this.#push(this.#readSinglePiece());
  }

  #readSinglePiece(): Read<Piece> {
    const pattern = this.#pattern;
    const at = this.#at;
    const { m: isMultiline, s: isDotAll } = this.#flags;
    const one = (value: Piece) => ({ value, end: at + 1 });
    switch (pattern[at]) {
      case "^":
        return one(assertion(isMultiline ? BEGIN_OF_LINE : BEGIN_OF_TEXT));
      case "$":
        return one(assertion(isMultiline ? END_OF_LINE : END_OF_TEXT));
      case ".":
        return one(character(isDotAll ? ANY : ANY_BUT_NEWLINE));
      case "[":
        return made(character, readClass(pattern, at, this.#foldingNow()));
      case "\\":
        return this.#readEscape();
    }
    return this.#literal(readChar(pattern, at));
  }

  #repeat({ min, max, start, end }: Operator, last: Operator | undefined): void {
    const isSwitched = this.#pattern[end] === "?";
    this.#at = isSwitched ? end + 1 : end;
    const quoted = (from: number) => this.#pattern.slice(from, this.#at);
    if (last !== undefined) {
      throw new PatternComplaint("invalid nested repetition operator", quoted(last.start));
    }
    const inner = this.#group.pieces.pop();
    if (inner === undefined) {
      throw new PatternComplaint("missing argument to repetition operator", quoted(start));
    }
    const isLazy = isSwitched !== this.#flags.U;
    const piece = repeated(inner, { min, max, isLazy });
    if (piece.copies > MAX_REPEAT)
      throw new PatternComplaint("invalid repeat count", quoted(start));
    this.#group.pieces.push(piece);
  }

  #open(): void {
    const group = this.#readGroupName() ?? this.#readFlags();
    if (group === undefined) return;
    this.#outer.push(this.#group);
    this.#group = group;
  }

  /** `(`, `(?P<name>` or `(?<name>`. Two groups may have one name. */
  #readGroupName(): OpenGroup | undefined {
    const group = openGroup({ captures: true, flagsBefore: this.#flags });
    const rest = this.#pattern.slice(this.#at);
    const [prefix] = /^\(\?P?<(?=.)/s.exec(rest) ?? [];
    if (prefix === undefined && rest.startsWith("(?")) return undefined;
    if (prefix === undefined) {
      this.#at++;
      return group;
    }
    const end = rest.indexOf(">");
    if (end < 0) throw new PatternComplaint("invalid named capture", wellFormed(rest));
    if (!GROUP_NAME.test(wellFormed(rest.slice(prefix.length, end)))) {
      throw new PatternComplaint("invalid named capture", rest.slice(0, end + 1));
    }
    this.#at += end + 1;
    return group;
  }

  /** `(?i:`, which opens a group, or `(?i)`, which holds to the end of the group that it stands in. */
  #readFlags(): OpenGroup | undefined {
    const start = this.#at;
    const flags = { ...this.#flags };
    let next = readChar(this.#pattern, start + 2);
    let isOn = true;
    let mayEnd = true;
    for (; next.value !== ""; next = readChar(this.#pattern, next.end)) {
      if (isFlag(next.value)) {
        flags[next.value] = isOn;
        mayEnd = true;
      } else if (next.value === "-" && isOn) {
        isOn = false;
        mayEnd = false;
      } else break;
    }
    if (!mayEnd || (next.value !== ":" && next.value !== ")")) {
      const quoted = this.#pattern.slice(start, next.end);
      throw new PatternComplaint("invalid or unsupported Perl syntax", quoted);
    }
    const flagsBefore = this.#flags;
    this.#flags = flags;
    this.#at = next.end;
    return next.value === ":" ? openGroup({ captures: false, flagsBefore }) : undefined;
  }

  #nextBranch(): void {
    this.#group.branches.push(concatenation(this.#group.pieces));
    this.#group.pieces = [];
    this.#at++;
  }

  #close(): void {
    const inner = this.#closed();
    const outer = this.#outer.pop();
    if (outer === undefined) throw new PatternComplaint("unexpected )");
    const { captures, flagsBefore } = this.#group;
    this.#flags = flagsBefore;
    this.#group = outer;
    this.#group.pieces.push(captures ? capture(inner) : inner);
    this.#at++;
  }

  /** All that the open group holds, as one piece. */
  #closed(): Piece {
    const { branches, pieces } = this.#group;
    return alternation([...branches, concatenation(pieces)]);
  }

  #readEscape(): Read<Piece> {
    const source = ASSERTIONS.get(this.#pattern[this.#at + 1] ?? "");
    if (source !== undefined) return { value: assertion(source), end: this.#at + 2 };
    const found = readClassEscape(this.#pattern, this.#at, this.#foldingNow());
    if (found !== undefined) return made(character, found);
    return this.#literal(readEscape(this.#pattern, this.#at));
  }

  /** `\Q…\E`, where every character stands for itself; without an end it goes on to the end of the pattern. */
  #readQuotation(): void {
    const start = this.#at + QUOTATION.length;
    const end = this.#pattern.indexOf(END_OF_QUOTATION, start);
    const quoted = this.#pattern.slice(start, end < 0 ? undefined : end);
    for (let char = readChar(quoted, 0); char.value !== ""; char = readChar(quoted, char.end)) {
      this.#push(this.#literal(char));
    }
    this.#at = end < 0 ? this.#pattern.length : end + END_OF_QUOTATION.length;
  }

  #literal({ value, end }: Read<string>): Read<Piece> {
    const folding = this.#foldingNow();
    const source = escaped(value);
    if (folding === undefined) return { value: literal(source, "literal"), end };
    const folded = folding.changes(value) ? `[${folding.closed(source)}]` : source;
    return { value: literal(folded, "folded literal"), end };
  }

  #push({ value, end }: Read<Piece>): void {
    this.#group.pieces.push(value);
    this.#at = end;
  }

  #foldingNow(): CaseFolding | undefined {
    return this.#flags.i ? this.#folding : undefined;
  }
}

/** JavaScript compiles a pattern when it first searches, and complains only then. */
function compiled({ source }: Piece): (text: string) => boolean {
  try {
    const regExp = new RegExp(source, "v");
    regExp.test("");
    return (text) => regExp.test(text);
  } catch {
    throw new PatternComplaint("expression too large");
  }
}

function made(make: (source: string) => Piece, { value, end }: Read<string>): Read<Piece> {
  return { value: make(value), end };
}

function openGroup(group: Pick<OpenGroup, "captures" | "flagsBefore">): OpenGroup {
  return { ...group, branches: [], pieces: [] };
}

function isFlag(char: string): char is Flag {
  return char === "i" || char === "m" || char === "s" || char === "U";
}

/** The operator there, if one stands there: braces that hold no count stand for themselves. */
function readOperator(pattern: string, start: number): Operator | undefined {
  const end = start + 1;
  switch (pattern[start]) {
    case "*":
      return { min: 0, max: undefined, start, end };
    case "+":
      return { min: 1, max: undefined, start, end };
    case "?":
      return { min: 0, max: 1, start, end };
    case "{":
      return readCount(pattern, start);
  }
  return undefined;
}

function readCount(pattern: string, start: number): Operator | undefined {
  const [count, least, comma, most] = COUNT.exec(pattern.slice(start)) ?? [];
  if (count === undefined) return undefined;
  const end = start + count.length;
  const min = Number(least);
  const max = most === undefined ? (comma === undefined ? min : undefined) : Number(most);
  if (min > MAX_REPEAT || (max !== undefined && (max > MAX_REPEAT || min > max))) {
    throw new PatternComplaint("invalid repeat count", count);
  }
  return { min, max, start, end };
}
