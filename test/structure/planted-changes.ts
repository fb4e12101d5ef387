import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A change of a file's text. */
export interface Edit {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** What the file contains, once. */
  readonly find: string;
  readonly put: string;
}

/** The files of `src` that do not compile after these edits, in the order of their names. */
export type Compile = (edits: readonly Edit[]) => readonly string[];

type Builder = ts.SemanticDiagnosticsBuilderProgram;

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replaceAll("\\", "/");

/**
 * A compiler of the real `src`, with the options of tsconfig.json and with edits that stay in memory. Everything is parsed
 * once, and what an edit does not reach is not checked again: making it takes some seconds, a call about one.
 */
export function compilerOfSource(): Compile {
  const { options, fileNames } = configuration();
  const names = fileNames.filter((name) => name.startsWith(`${ROOT}src/`));
  const inSource = new Set(names);
  const parsed = new Map<string, ts.SourceFile | undefined>();
  const files = ts.createCompilerHost(options);
  const build = (texts: ReadonlyMap<string, string>, old?: Builder): Builder => {
    const getSourceFile: ts.CompilerHost["getSourceFile"] = (name, languageVersion) => {
      const text = texts.get(name);
      if (text !== undefined) {
        return versioned(ts.createSourceFile(name, text, languageVersion), text);
      }
      if (!parsed.has(name)) {
        const file = files.getSourceFile(name, languageVersion);
        parsed.set(name, file && versioned(file, "as it is"));
      }
      return parsed.get(name);
    };
    return ts.createSemanticDiagnosticsBuilderProgram(
      names,
      options,
      { ...files, getSourceFile },
      old,
    );
  };
  const unmodified = build(new Map());
  errorsOf(unmodified, inSource);
  return (edits) => {
    const texts = edited(edits, (name) => parsed.get(name)?.text);
    const program = build(texts, unmodified);
    for (const name of texts.keys()) {
      const [broken] = program.getSyntacticDiagnostics(program.getSourceFile(name));
      if (broken !== undefined)
        throw new Error(`What was planted cannot be parsed: ${said(broken)}`);
    }
    const found = errorsOf(program, inSource).map(({ file }) => file?.fileName ?? "");
    return [...new Set(found)].map((name) => name.replace(ROOT, "")).sort();
  };
}

function configuration(): ts.ParsedCommandLine {
  const config = ts.getParsedCommandLineOfConfigFile(
    `${ROOT}tsconfig.json`,
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (broken) => {
        throw new Error(said(broken));
      },
    },
  );
  if (config === undefined) throw new Error("There is no tsconfig.json.");
  return config;
}

function errorsOf(program: Builder, names: ReadonlySet<string>): readonly ts.Diagnostic[] {
  const isOther = ({ fileName }: ts.SourceFile) => !names.has(fileName);
  // A builder reports on one file only after it has gone through those that have changed.
  while (program.getSemanticDiagnosticsOfNextAffectedFile(undefined, isOther) !== undefined);
  return [...names].flatMap((name) => program.getSemanticDiagnostics(program.getSourceFile(name)));
}

function edited(
  edits: readonly Edit[],
  textOf: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { path, find, put } of edits) {
    const name = ROOT + path;
    const parts = (texts.get(name) ?? textOf(name) ?? "").split(find);
    if (parts.length !== 2) {
      throw new Error(
        `${path} has ${JSON.stringify(find)} ${parts.length - 1} times. Plant the change where it stands once.`,
      );
    }
    texts.set(name, parts.join(put));
  }
  return texts;
}

/** A builder sees by its version whether a file has changed. */
function versioned(file: ts.SourceFile, version: string): ts.SourceFile {
  return Object.assign(file, { version });
}

function said({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}
