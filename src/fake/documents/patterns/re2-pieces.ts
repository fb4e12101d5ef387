import type { CharacterSet } from "./character-set.ts";
import type { Assertion, Expression, Repetition } from "./expression.ts";

/** What Go says of a pattern that it does not take [go-regexp-syntax]. */
export type ComplaintCode =
  | "expression nests too deeply"
  | "expression too large"
  | "invalid UTF-8"
  | "invalid character class range"
  | "invalid escape sequence"
  | "invalid named capture"
  | "invalid nested repetition operator"
  | "invalid or unsupported Perl syntax"
  | "invalid repeat count"
  | "missing argument to repetition operator"
  | "missing closing )"
  | "missing closing ]"
  | "trailing backslash at end of expression"
  | "unexpected )";

/** Thrown while a pattern is read; it never leaves `compileGoPattern`. */
export class PatternComplaint extends Error {
  /** What of the pattern Go quotes; all of it when this is missing. */
  readonly quoted: string | undefined;

  constructor(code: ComplaintCode, quoted?: string) {
    super(code);
    this.quoted = quoted;
  }
}

/** A part of a pattern: what it says, and what Go's limits measure of it. */
export interface Piece {
  readonly kind: PieceKind;
  readonly expression: Expression;
  /** Levels of Go's syntax tree. */
  readonly height: number;
  /** Instructions of Go's program. */
  readonly size: number;
  /** How often the repeats in it copy what is innermost. */
  readonly copies: number;
}

/** What Go joins with a neighbor of the same kind, and `other` for what it leaves alone. */
type PieceKind =
  | "literal"
  | "folded literal"
  | "character"
  | "empty"
  | "concatenation"
  | "alternation"
  | "other";

/** A character that stands for itself; a folded one stands for its other cases as well. */
export function literal(set: CharacterSet, kind: "literal" | "folded literal"): Piece {
  return leaf(kind, { type: "character", set });
}

/** A class, or a dot: it takes one character. */
export function character(set: CharacterSet): Piece {
  return leaf("character", { type: "character", set });
}

/** What takes no character, such as `^`. */
export function assertion(asserted: Assertion): Piece {
  return leaf("other", { type: "assertion", assertion: asserted });
}

/** Whether there is a match is all that is asked, so that it says what is in it. */
export function capture(inner: Piece): Piece {
  const { height, size } = inner;
  return withinLimits({ ...inner, kind: "other", height: height + 1, size: size + 2 });
}

export function repeated(inner: Piece, { min, max }: Repetition): Piece {
  return withinLimits({
    kind: "other",
    expression: { type: "repeat", inner: inner.expression, min, max },
    height: inner.height + 1,
    size: Math.max(1, repeatedSize(inner.size, { min, max })),
    copies: max === 0 ? 1 : inner.copies * Math.max(1, max ?? min),
  });
}

export function concatenation(pieces: readonly Piece[]): Piece {
  const parts = joined(pieces, areLiterals, (literals, { kind }) =>
    leaf(kind, sequenceOf(literals), sizeOf(literals)),
  );
  const [first = EMPTY] = parts;
  if (parts.length < 2) return withinLimits(first);
  return withinLimits({
    kind: "concatenation",
    expression: sequenceOf(parts),
    height: heightAbove(parts, "concatenation"),
    size: sizeOf(parts),
    copies: mostCopies(parts),
  });
}

/** One branch or more. */
export function alternation(branches: readonly Piece[]): Piece {
  const withoutTwins = joined(branches, areEmpty, () => EMPTY);
  const parts = joined(withoutTwins, areCharacters, (characters) =>
    leaf("character", choiceOf(characters)),
  );
  const [first = EMPTY] = parts;
  if (parts.length < 2) return first;
  return withinLimits({
    kind: "alternation",
    expression: choiceOf(parts),
    height: heightAbove(parts, "alternation"),
    size: sizeOf(parts) + parts.length - 1,
    copies: mostCopies(parts),
  });
}

const MAX_HEIGHT = 1_000;
/** 128 MB of instructions of 40 bytes each. */
const MAX_SIZE = Math.floor((128 * 1024 * 1024) / 40);

const EMPTY = leaf("empty", { type: "sequence", parts: [] });

/** A piece that holds no other. */
function leaf(kind: PieceKind, expression: Expression, size = 1): Piece {
  return { kind, expression, height: 1, size, copies: 1 };
}

/**
 * The syntax page [go-regexp-syntax] names no limits but that of 1,000 copies; these are the parser's own. It measures
 * sizes only in patterns with many pieces, and takes common beginnings out of branches first: at the edges of the limits
 * it may be of another opinion.
 */
function withinLimits(piece: Piece): Piece {
  if (piece.size > MAX_SIZE) throw new PatternComplaint("expression too large");
  if (piece.height > MAX_HEIGHT) throw new PatternComplaint("expression nests too deeply");
  return piece;
}

/** Neighbors that Go keeps as one piece, as one piece. */
function joined(
  pieces: readonly Piece[],
  areOne: (piece: Piece, next: Piece) => boolean,
  join: (run: readonly Piece[], first: Piece) => Piece,
): readonly Piece[] {
  const found: Piece[] = [];
  for (let start = 0, end = 0; start < pieces.length; start = end) {
    const first = pieces[start] ?? EMPTY;
    for (end = start + 1; end < pieces.length; end++) {
      if (!areOne(first, pieces[end] ?? EMPTY)) break;
    }
    found.push(end === start + 1 ? first : join(pieces.slice(start, end), first));
  }
  return found;
}

function areLiterals(piece: Piece, next: Piece): boolean {
  return isLiteral(piece) && piece.kind === next.kind;
}

function areEmpty(piece: Piece, next: Piece): boolean {
  return piece.kind === "empty" && next.kind === "empty";
}

function areCharacters(...pieces: readonly Piece[]): boolean {
  return pieces.every(
    (piece) =>
      piece.kind === "character" || (isLiteral(piece) && piece.expression.type === "character"),
  );
}

function isLiteral({ kind }: Piece): boolean {
  return kind === "literal" || kind === "folded literal";
}

/** `x{2,}` is compiled as `xx+`, `x{2,4}` as `xx(x(x)?)?`. */
function repeatedSize(size: number, { min, max }: Repetition): number {
  if (max !== undefined) return max * size + max - min;
  return min === 0 ? size + 2 : min * size + 1;
}

function sequenceOf(pieces: readonly Piece[]): Expression {
  return { type: "sequence", parts: pieces.map(({ expression }) => expression) };
}

function choiceOf(pieces: readonly Piece[]): Expression {
  return { type: "choice", branches: pieces.map(({ expression }) => expression) };
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { size }) => sum + size, 0);
}

function mostCopies(pieces: readonly Piece[]): number {
  return pieces.reduce((most, { copies }) => Math.max(most, copies), 1);
}

/** A piece inside one of its own kind adds no level: Go takes its parts over. */
function heightAbove(pieces: readonly Piece[], kind: PieceKind): number {
  return pieces.reduce(
    (most, piece) => Math.max(most, piece.kind === kind ? piece.height : piece.height + 1),
    1,
  );
}
