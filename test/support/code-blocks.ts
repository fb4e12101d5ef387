import { existsSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";
import { sourceFile, sourceFiles, treeOf } from "../structure/source-files.ts";

/** A fenced block of the documentation. */
export interface CodeBlock {
  /** Where it stands, as a reader would say it: `src/client/or-throw.ts: orThrow`, `README.md: Quick start`. */
  readonly place: string;
  /** The file, from the root of the repository. */
  readonly path: string;
  /** The line of its first line of code. */
  readonly line: number;
  /** The word after the fence: `ts`, `text`. */
  readonly language: string;
  readonly code: string;
}

type Found = Omit<CodeBlock, "path">;

const DOC_FENCE = /^\s*\* ```(\w*)\n((?:(?!\s*\* ```$)[^\n]*\n)*)\s*\* ```$/gm;
const PAGE_FENCE = /^( *)```(\w*)[^\n]*\n((?:(?! *```$)[^\n]*\n)*) *```$/gm;
const MADE_BY_TOOLS = "docs/reference/";

/** Every block in a doc comment of `src`. */
export function docBlocks(): readonly CodeBlock[] {
  return sourceFiles("src").flatMap(({ path, text }) => {
    const found = [...commentsOf(path, text)].flatMap(({ name, comment, start }) =>
      [...comment.matchAll(DOC_FENCE)].map(({ 1: language = "", 2: body = "", index }) => ({
        place: `${path}: ${name}`,
        line: lineAt(text, start + index) + 1,
        language,
        code: body.replace(/^\s*\* ?/gm, ""),
      })),
    );
    return numbered(path, found);
  });
}

/** Every block of the README and of the pages in `docs` that people write. */
export function pageBlocks(): readonly CodeBlock[] {
  return pagePaths().flatMap((path) => blocksOfPage(path, sourceFile(path).text));
}

/** The blocks of a page, by their headings. */
export function blocksOfPage(path: string, text: string): readonly CodeBlock[] {
  const found = [...text.matchAll(PAGE_FENCE)].map((match) => {
    const [, indent = "", language = "", body = ""] = match;
    const heading =
      text
        .slice(0, match.index)
        .match(/^#+ .*$/gm)
        ?.at(-1) ?? "";
    return {
      place: `${path}: ${heading.replace(/^#+ /, "")}`,
      line: lineAt(text, match.index) + 1,
      language,
      code: body.replace(new RegExp(`^${indent}`, "gm"), ""),
    };
  });
  return numbered(path, found);
}

function pagePaths(): readonly string[] {
  const root = new URL("../../", import.meta.url);
  const pages = existsSync(new URL("docs", root))
    ? readdirSync(new URL("docs", root), { recursive: true, encoding: "utf8" })
    : [];
  return [
    "README.md",
    ...pages
      .map((name) => posix.join("docs", name.replaceAll("\\", "/")))
      .filter((path) => path.endsWith(".md") && !path.startsWith(MADE_BY_TOOLS))
      .sort(),
  ];
}

/** Numbers the blocks of a place that has several, so that every name belongs to one block. */
function numbered(path: string, blocks: readonly Found[]): readonly CodeBlock[] {
  return blocks.map((block, index) => {
    const isSame = ({ place }: Found) => place === block.place;
    const number = blocks.slice(0, index).filter(isSame).length + 1;
    const isOne = blocks.filter(isSame).length === 1;
    return { path, ...block, place: isOne ? block.place : `${block.place}, ${number}` };
  });
}

interface DocComment {
  readonly name: string;
  readonly comment: string;
  readonly start: number;
}

function* commentsOf(path: string, text: string): Generator<DocComment> {
  const tree = treeOf({ path, text });
  for (const statement of tree.statements.flatMap(withAugmented)) {
    yield* commentOf(statement, { text, name: nameOf(statement) });
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    for (const member of statement.members) {
      yield* commentOf(member, { text, name: `${nameOf(statement)}.${nameOf(member)}` });
    }
  }
}

/** A statement, or those by which it adds to another module. */
function withAugmented(statement: ts.Statement): readonly ts.Statement[] {
  const isModule = ts.isModuleDeclaration(statement) && statement.body !== undefined;
  return isModule && ts.isModuleBlock(statement.body) ? statement.body.statements : [statement];
}

function commentOf(
  node: ts.Node,
  { text, name }: { readonly text: string; readonly name: string },
): readonly DocComment[] {
  return (ts.getLeadingCommentRanges(text, node.pos) ?? [])
    .map(({ pos, end }) => ({ name, comment: text.slice(pos, end), start: pos }))
    .filter(({ comment }) => comment.startsWith("/**"));
}

function nameOf(node: ts.Statement | ts.ClassElement | ts.TypeElement): string {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.map(({ name }) => name.getText()).join(", ");
  }
  return ts.getNameOfDeclaration(node as ts.Declaration)?.getText() ?? "constructor";
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
