import { allSteps, fitsSomewhere, type StepsDraft } from "./automaton.ts";
import { ANY, anyBut, type CharacterSet, soleCharacter } from "./character-set.ts";
import type { Assertion, Expression } from "./expression.ts";
import {
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
  | { readonly ok: true; readonly matches: (text: string, steps?: StepsDraft) => boolean }
  | { readonly ok: false; readonly error: string };

/** Where a language that shares Go's syntax is of another opinion. */
export interface Dialect {
  /** What a dot takes without the flag `s`. */
  readonly dot: CharacterSet;
  /** How many copies repeats may make of what is innermost. */
  readonly mostCopies: number;
}

/**
 * A pattern of Go 1.22 to 1.24 [go-regexp-syntax], which is what the agent reads an `allowedPattern` with
 * [agent-allowed-pattern]. It is found anywhere in a string, unless it says otherwise itself.
 */
export function compileGoPattern(pattern: string): GoPattern {
  const read = readPattern(pattern, GO);
  if (!read.ok) return read;
  const { expression } = read;
  return {
    ok: true,
    matches: (text, steps = allSteps()) => fitsSomewhere(expression, text, steps),
  };
}

/** What a pattern says, or Go's complaint about it. */
export function readPattern(
  pattern: string,
  dialect: Dialect,
):
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly error: string } {
  try {
    return { ok: true, expression: new PatternReader(pattern, dialect).read().expression };
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
const GO: Dialect = { dot: anyBut("\n"), mostCopies: 1_000 };
const COUNT = /^\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/;
const GROUP_NAME = /^[0-9A-Z_a-z]+$/;

const QUOTATION = String.raw`\Q`;
const END_OF_QUOTATION = String.raw`\E`;

/** Assertions that are escapes. */
const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["A", "begin of text"],
  ["b", "word boundary"],
  ["B", "no word boundary"],
  ["z", "end of text"],
]);

/** Reads from the left to the right without recursion, so that no pattern nests too deeply for JavaScript. */
class PatternReader {
  readonly #pattern: string;
  readonly #dialect: Dialect;
  /** The characters and classes by how they are written: what stands in many places is one piece. */
  readonly #known = new Map<string, Piece>();
  readonly #outer: OpenGroup[] = [];
  #group = openGroup({ captures: false, flagsBefore: NO_FLAGS });
  #flags = NO_FLAGS;
  #at = 0;
  readonly #lastName: number;

  constructor(pattern: string, dialect: Dialect) {
    this.#pattern = pattern;
    this.#dialect = dialect;
    this.#lastName = pattern.lastIndexOf(":]");
  }

  read(): Piece {
    let last: Operator | undefined;
    while (this.#at < this.#pattern.length) {
      const operator = readOperator(this.#pattern, this.#at, this.#dialect);
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
    const { i: ignoresCase, m: isMultiline, s: isDotAll } = this.#flags;
    const one = (value: Piece) => ({ value, end: at + 1 });
    switch (pattern[at]) {
      case "^":
        return one(assertion(isMultiline ? "begin of line" : "begin of text"));
      case "$":
        return one(assertion(isMultiline ? "end of line" : "end of text"));
      case ".":
        return one(character(isDotAll ? ANY : this.#dialect.dot));
      case "[":
        return this.#class(readClass(pattern, at, { ignoresCase, lastName: this.#lastName }));
      case "\\":
        return this.#readEscape();
    }
    return this.#literal(readChar(pattern, at));
  }

  #repeat({ min, max, start, end }: Operator, last: Operator | undefined): void {
    // A question mark makes it lazy, which changes nothing about whether it fits.
    this.#at = this.#pattern[end] === "?" ? end + 1 : end;
    const quoted = (from: number) => this.#pattern.slice(from, this.#at);
    if (last !== undefined) {
      throw new PatternComplaint("invalid nested repetition operator", quoted(last.start));
    }
    const inner = this.#group.pieces.pop();
    if (inner === undefined) {
      throw new PatternComplaint("missing argument to repetition operator", quoted(start));
    }
    const piece = repeated(inner, { min, max });
    if (piece.copies > this.#dialect.mostCopies)
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
    if (!this.#pattern.startsWith("(?", this.#at)) {
      this.#at++;
      return group;
    }
    const rest = this.#pattern.slice(this.#at);
    const [prefix] = /^\(\?P?<(?=.)/s.exec(rest) ?? [];
    if (prefix === undefined) return undefined;
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
    let flags = this.#flags;
    let next = readChar(this.#pattern, start + 2);
    let isOn = true;
    let mayEnd = true;
    for (; next.value !== ""; next = readChar(this.#pattern, next.end)) {
      if (isFlag(next.value)) {
        flags = { ...flags, [next.value]: isOn };
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
    const asserted = ASSERTIONS.get(this.#pattern[this.#at + 1] ?? "");
    if (asserted !== undefined) return { value: assertion(asserted), end: this.#at + 2 };
    const found = readClassEscape(this.#pattern, this.#at, this.#flags.i);
    if (found !== undefined) return this.#class(found);
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
    const { i: ignoresCase } = this.#flags;
    const kind = ignoresCase ? "folded literal" : "literal";
    return {
      value: this.#shared(value, () => literal(soleCharacter(value, ignoresCase), kind)),
      end,
    };
  }

  #class({ value, end }: Read<CharacterSet>): Read<Piece> {
    const written = this.#pattern.slice(this.#at, end);
    return { value: this.#shared(written, () => character(value)), end };
  }

  /** The piece that is written so under the flags that hold now. */
  #shared(written: string, make: () => Piece): Piece {
    const key = this.#flags.i ? `(?i)${written}` : written;
    const piece = this.#known.get(key) ?? make();
    this.#known.set(key, piece);
    return piece;
  }

  #push({ value, end }: Read<Piece>): void {
    this.#group.pieces.push(value);
    this.#at = end;
  }
}

function openGroup({
  captures,
  flagsBefore,
}: Pick<OpenGroup, "captures" | "flagsBefore">): OpenGroup {
  return { captures, flagsBefore, branches: [], pieces: [] };
}

function isFlag(char: string): char is Flag {
  return char === "i" || char === "m" || char === "s" || char === "U";
}

/** The operator there, if one stands there: braces that hold no count stand for themselves. */
function readOperator(pattern: string, start: number, dialect: Dialect): Operator | undefined {
  const end = start + 1;
  switch (pattern[start]) {
    case "*":
      return { min: 0, max: undefined, start, end };
    case "+":
      return { min: 1, max: undefined, start, end };
    case "?":
      return { min: 0, max: 1, start, end };
    case "{":
      return readCount(pattern, start, dialect);
  }
  return undefined;
}

function readCount(pattern: string, start: number, { mostCopies }: Dialect): Operator | undefined {
  const [count, least, comma, most] = COUNT.exec(pattern.slice(start)) ?? [];
  if (count === undefined) return undefined;
  const end = start + count.length;
  const min = Number(least);
  const max = most === undefined ? (comma === undefined ? min : undefined) : Number(most);
  if (min > mostCopies || (max !== undefined && (max > mostCopies || min > max))) {
    throw new PatternComplaint("invalid repeat count", count);
  }
  return { min, max, start, end };
}
