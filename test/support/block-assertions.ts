import ts from "typescript";
import { readShownValue, type ShownValue } from "./shown-value.ts";

/** A value that a block shows behind `//=>`. */
export interface Assertion extends ShownValue {
  /** The line of the block, from 0. */
  readonly line: number;
  /** Where the expression with that value begins and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** A value that cannot be compared with anything. */
export interface Unreadable {
  readonly line: number;
  readonly complaint: string;
}

const SHOWS = "//=>";

/**
 * The values that a block shows: `expression; //=> value`, or the value in a comment of its own on the line below, which
 * may continue in further comments. `const name = expression; //=> value` shows the value of the expression.
 */
export function assertionsOf(tree: ts.SourceFile): readonly (Assertion | Unreadable)[] {
  const { text } = tree;
  const ends = expressionsByEnd(tree);
  const lines = text.split("\n");
  return lines.flatMap((content, line): readonly (Assertion | Unreadable)[] => {
    const column = content.indexOf(SHOWS);
    if (column === -1) return [];
    const position = tree.getPositionOfLineAndCharacter(line, column);
    const expression = ends.get(text.slice(0, position).trimEnd().length);
    if (expression === undefined) return [{ line, complaint: "shows the value of nothing" }];
    const shown = readShown([content.slice(column + SHOWS.length), ...lines.slice(line + 1)]);
    if (shown === undefined) return [{ line, complaint: "shows no literal: prose stands apart" }];
    return [{ ...shown, line, start: expression.getStart(tree), end: expression.end }];
  });
}

/** The value on the first line, which may continue in the comments on the lines below. */
function readShown([first = "", ...others]: readonly string[]): ShownValue | undefined {
  const more = others.map((line) => line.trim());
  const end = more.findIndex((line) => !line.startsWith("//") || line.startsWith(SHOWS));
  const comments = more.slice(0, end === -1 ? more.length : end).map((line) => line.slice(2));
  for (let taken = 0; taken <= comments.length; taken++) {
    const shown = readShownValue([first, ...comments.slice(0, taken)].join("\n"));
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** The expression of each statement, by the end of the statement. */
function expressionsByEnd(tree: ts.SourceFile): ReadonlyMap<number, ts.Expression> {
  const ends = new Map<number, ts.Expression>();
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (ts.isExpressionStatement(node)) ends.set(node.end, node.expression);
    if (!ts.isVariableStatement(node)) return;
    const [declaration, ...more] = node.declarationList.declarations;
    if (declaration?.initializer !== undefined && more.length === 0) {
      ends.set(node.end, declaration.initializer);
    }
  };
  visit(tree);
  return ends;
}
