import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type SourceFile, treeOf } from "../structure/source-files.ts";

/** The declaration files below a folder, `.d.ts` and `.d.cts`. */
export function declarationFiles(folder: string): readonly SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.d\.c?ts$/.test(name))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

/** The names of the classes that a file declares. */
export function classesOf(file: SourceFile): readonly string[] {
  return namesOf(file, ts.isClassDeclaration);
}

/** Every name that a file declares: of types, values and functions, and of members as they are written. */
export function declaredNames(file: SourceFile): readonly string[] {
  return namesOf(file, isNamed);
}

/** The names of what a file of `src` marks as `@internal`. */
export function internalNames(file: SourceFile): readonly string[] {
  return namesOf(file, (node) =>
    ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal"),
  );
}

function namesOf(file: SourceFile, isMeant: (node: ts.Node) => boolean): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isNamed(node) && isMeant(node)) names.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(treeOf(file));
  return names;
}

function isNamed(node: ts.Node): node is ts.Node & { readonly name: ts.DeclarationName } {
  const isParameter = ts.isParameter(node) || ts.isTypeParameterDeclaration(node);
  return "name" in node && node.name !== undefined && !isParameter;
}
