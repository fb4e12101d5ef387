import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

/** A file of this repository, as the structure tests see it. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL("../../", import.meta.url);

/** Every TypeScript file in a folder of the repository, in the order of their paths. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort()
    .map(sourceFile);
}

/** One file of the repository. */
export function sourceFile(path: string): SourceFile {
  return { path, text: readFileSync(new URL(path, ROOT), "utf8") };
}

/** The syntax tree of a file, with parents. */
export function treeOf({ path, text }: SourceFile): ts.SourceFile {
  return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.Latest }, true);
}

/** The text of a file without its comments, in TypeScript's own layout. */
export function codeOf(file: SourceFile): string {
  return ts.createPrinter({ removeComments: true }).printFile(treeOf(file));
}
