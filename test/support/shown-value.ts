import ts from "typescript";
import { expect } from "vitest";

/** Stands in the documentation for what a reader does not need to see. */
const ELLIPSIS = "…";
const ANYTHING = "$anything";
const STRING_OR_ELLIPSIS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|…/g;
const NAMED: Readonly<Record<string, unknown>> = {
  undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
};

/** A value that documentation shows, as something to compare with. */
export interface ShownValue {
  /** What `expect(…).toEqual` takes. */
  readonly expected: unknown;
}

/**
 * Reads the value after `//=>`: a literal of JavaScript, in which `…` stands for anything: a part of a string, further
 * elements or members at the end of an array or object, a whole value. `undefined` when it cannot be read.
 */
export function readShownValue(text: string): ShownValue | undefined {
  const marked = text.replace(STRING_OR_ELLIPSIS, (each) => (each === ELLIPSIS ? ANYTHING : each));
  const options = { fileName: "value.ts", reportDiagnostics: true };
  const { diagnostics = [] } = ts.transpileModule(`(${marked}\n)`, options);
  if (diagnostics.length > 0) return undefined;
  const [statement] = ts.createSourceFile(
    "value.ts",
    `(${marked}\n)`,
    ts.ScriptTarget.Latest,
  ).statements;
  if (statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  try {
    return { expected: literalOf(statement.expression) };
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class NoLiteral extends Error {}

function literalOf(node: ts.Expression): unknown {
  if (ts.isParenthesizedExpression(node)) return literalOf(node.expression);
  if (ts.isStringLiteralLike(node)) return textOf(node.text);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (node.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    return -Number(literalOf(node.operand));
  }
  if (ts.isIdentifier(node)) return namedValue(node.text);
  if (ts.isArrayLiteralExpression(node)) return arrayOf(node.elements);
  if (ts.isObjectLiteralExpression(node)) return objectOf(node.properties);
  throw new NoLiteral();
}

function namedValue(name: string): unknown {
  if (name === ANYTHING) return WHATEVER;
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  throw new NoLiteral();
}

function textOf(text: string): unknown {
  if (!text.includes(ELLIPSIS)) return text;
  const parts = text.split(ELLIPSIS).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return expect.stringMatching(new RegExp(`^${parts.join("[^]*")}$`));
}

function arrayOf(elements: readonly ts.Expression[]): unknown {
  const last = elements.at(-1);
  if (last === undefined || !isEllipsis(last)) return elements.map(literalOf);
  const first = elements.slice(0, -1).map(literalOf);
  return matcher(`[${elements.length - 1} given, ${ELLIPSIS}]`, (actual) => {
    return Array.isArray(actual) && isEqual(actual.slice(0, first.length), first);
  });
}

function objectOf(properties: readonly ts.ObjectLiteralElementLike[]): unknown {
  const entries = properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
    if (ts.isComputedPropertyName(name)) throw new NoLiteral();
    return [name.text, literalOf(initializer)] as const;
  });
  const others = properties.filter((property) => !ts.isPropertyAssignment(property));
  if (!others.every((property) => property.name !== undefined && isEllipsis(property.name))) {
    throw new NoLiteral();
  }
  const members = Object.fromEntries(entries);
  return others.length === 0 ? members : expect.objectContaining(members);
}

function isEllipsis(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === ANYTHING;
}

const WHATEVER = matcher(ELLIPSIS, () => true);

/** A matcher that `toEqual` asks instead of comparing. */
function matcher(text: string, asymmetricMatch: (actual: unknown) => boolean) {
  return { $$typeof: Symbol.for("jest.asymmetricMatcher"), asymmetricMatch, toString: () => text };
}

function isEqual(actual: unknown, expected: unknown): boolean {
  try {
    expect(actual).toEqual(expected);
    return true;
  } catch {
    return false;
  }
}
