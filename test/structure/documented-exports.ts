import ts from "typescript";
import type { SourceFile } from "./source-files.ts";

/** A name that an entry point exports, wherever it is declared. */
export interface DocumentedExport {
  readonly entry: string;
  readonly name: string;
  /** Its doc comment, without tags. */
  readonly comment: string;
  /** What follows each `@example`. */
  readonly examples: readonly string[];
}

/** What every entry point exports, as TypeScript resolves it among these files alone. */
export function documentedExports(
  entries: readonly string[],
  files: readonly SourceFile[],
): readonly DocumentedExport[] {
  const program = programOf(entries, files);
  const checker = program.getTypeChecker();
  return entries.flatMap((entry) => {
    const file = program.getSourceFile(rooted(entry));
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${entry} exports nothing.`);
    return checker.getExportsOfModule(module).map((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const declared = isAlias ? checker.getAliasedSymbol(exported) : exported;
      return {
        entry,
        name: exported.name,
        comment: ts.displayPartsToString(declared.getDocumentationComment(checker)),
        examples: declared
          .getJsDocTags(checker)
          .filter(({ name }) => name === "example")
          .map(({ text }) => ts.displayPartsToString(text)),
      };
    });
  });
}

/** What an export lacks: a sentence for each gap. An example is a block that test/words/blocks.test.ts runs. */
export function gapsOf({ entry, name, comment, examples }: DocumentedExport): readonly string[] {
  return [
    ...(comment === "" ? [`${entry}: ${name} has no doc comment.`] : []),
    ...(examples.some((text) => /^```ts\n[^`]/m.test(text))
      ? []
      : [`${entry}: ${name} has no example.`]),
  ];
}

/** No library and no package is loaded: comments need neither. */
function programOf(entries: readonly string[], files: readonly SourceFile[]): ts.Program {
  const texts = new Map(files.map(({ path, text }) => [rooted(path), text]));
  return ts.createProgram({
    rootNames: entries.map(rooted),
    options: {
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      noEmit: true,
      noLib: true,
      types: [],
    },
    host: {
      fileExists: (path) => texts.has(path),
      readFile: (path) => texts.get(path),
      getSourceFile: (path, version) => {
        const text = texts.get(path);
        return text === undefined ? undefined : ts.createSourceFile(path, text, version);
      },
      getCanonicalFileName: (path) => path,
      getCurrentDirectory: () => "/",
      getDefaultLibFileName: () => "/lib.d.ts",
      getNewLine: () => "\n",
      useCaseSensitiveFileNames: () => true,
      writeFile: () => {},
    },
  });
}

function rooted(path: string): string {
  return `/${path}`;
}
