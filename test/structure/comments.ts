import ts from "typescript";
import { type SourceFile, treeOf } from "./source-files.ts";

/** A comment of a file. */
export interface Comment {
  /** The file and the line in which the comment begins. */
  readonly at: string;
  /** What it says, without its marks and without code: blocks, spans in backticks, defaults, links. */
  readonly prose: string;
}

/** Every comment of a file, in the order of the text. */
export function commentsOf(file: SourceFile): readonly Comment[] {
  const tree = treeOf(file);
  const ranges = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    const { text } = file;
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ]) {
      ranges.set(pos, end);
    }
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return [...ranges]
    .sort(([a], [b]) => a - b)
    .map(([pos, end]) => ({
      at: `${file.path}:${tree.getLineAndCharacterOfPosition(pos).line + 1}`,
      prose: proseOf(file.text.slice(pos, end)),
    }));
}

/** The names of the tests of a file, where they are written down as they are. */
export function testNamesOf(file: SourceFile): readonly Comment[] {
  const tree = treeOf(file);
  const names: Comment[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /^(?:it|test|describe|addCase)\b/.test(node.expression.getText())
    ) {
      const [name] = node.arguments;
      if (name !== undefined && ts.isStringLiteralLike(name)) {
        const line = tree.getLineAndCharacterOfPosition(name.getStart()).line + 1;
        names.push({ at: `${file.path}:${line}`, prose: proseOf(name.text) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

/** The ids in square brackets of a text. In prose, nothing else stands in square brackets. */
export function citationsIn(prose: string): readonly string[] {
  return [...prose.matchAll(/\[([^[\]]*)\]/g)].map(([, id = ""]) => id);
}

/** A text without its code and links, on one line. */
export function proseOf(text: string): string {
  return text
    .replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)/gm, " ")
    .replace(/\*\/$/, " ")
    .replace(/@default .*$/gm, " ")
    .replace(/```[\s\S]*?```/g, " ")
    .replace(/`[^`]*`/g, "`code`")
    .replace(/\{@\w+[^}]*\}/g, "link")
    .replace(/\[[^[\]]*\]\([^)]*\)/g, "link")
    .replace(/\s+/g, " ")
    .trim();
}
