import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import { installedPackages } from "../support/installed-packages.ts";

/** The compilers that the package's declarations are held against, by the names that they are installed under. */
const VERSIONS = {
  "typescript-5.0": "npm:typescript@5.0.4",
  "typescript-5.4": "npm:typescript@5.4.5",
  typescript: "5.9.3", // by its own name, as this ts-jest finds it
  "typescript-7": "npm:typescript@7.0.2",
  "ts-jest": "29.4.15",
} as const;
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** A compiler in JavaScript, each loaded once; 7 is a program of its own. */
export const COMPILERS = ["5.0", "5.4", "5.9", "6.0"] as const;
export type CompilerVersion = (typeof COMPILERS)[number];

/** Compiler options as tsconfig.json has them. */
export type Options = Readonly<Record<string, unknown>>;

/** What a compiler makes of a user's project. */
export interface Checked {
  /** What it says of the user's file and of our declarations, a line each; nothing of what the SDK's declarations lack. */
  readonly errors: readonly string[];
  /** The declarations of ours that it read. */
  readonly declarations: readonly string[];
  /** Whether Node's types were there. */
  readonly hasNodeTypes: boolean;
}

/** Installs what is not there yet. */
export function installCompilers(): Promise<string> {
  return installedPackages("compilers", VERSIONS);
}

/** Where the program of TypeScript 7 lies. */
export async function nativeCompiler(): Promise<string> {
  return join(await installCompilers(), "node_modules/typescript-7/bin/tsc");
}

/**
 * One version of TypeScript. It keeps the files that it has read: most of them are the SDK's, and they are the same in
 * every project.
 */
export class Compiler {
  readonly #ts: typeof ts;
  readonly #files = new Map<string, ts.SourceFile | undefined>();

  private constructor(compiler: typeof ts) {
    this.#ts = compiler;
  }

  static async load(version: CompilerVersion): Promise<Compiler> {
    const folder = version === "6.0" ? REPOSITORY : await installCompilers();
    const isOwnName = version === "5.9" || version === "6.0";
    const require = createRequire(join(folder, "package.json"));
    const compiler: typeof ts = require(isOwnName ? "typescript" : `typescript-${version}`);
    if (compiler.versionMajorMinor !== version) {
      throw new Error(`TypeScript ${version} is wanted, and ${compiler.version} was found.`);
    }
    return new Compiler(compiler);
  }

  /** Checks one file of a folder, and every declaration of ours that it leads to. */
  check(folder: string, { file, options }: { file: string; options: Options }): Checked {
    const compiler = this.#ts;
    const given = compiler.convertCompilerOptionsFromJson(options, folder);
    const program = compiler.createProgram({
      rootNames: [join(folder, file)],
      options: given.options,
      host: this.#host(given.options),
    });
    const read = program.getSourceFiles().map(({ fileName }) => fileName);
    const isOurs = (path: string) => path.includes("/node_modules/ssm-run-command/");
    const checked = program
      .getSourceFiles()
      .filter(({ fileName }) => isOurs(fileName) || fileName === join(folder, file));
    const diagnostics = [
      ...given.errors,
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...checked.flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]),
      // What the user's own declaration file could not say; without `declaration` there is none.
      ...(given.options.declaration === true ? program.getDeclarationDiagnostics() : []),
    ];
    return {
      errors: diagnostics.map((diagnostic) => this.#lineOf(diagnostic, folder)),
      declarations: read.filter(isOurs).map((path) => path.replace(/^.*\/ssm-run-command\//, "")),
      hasNodeTypes: read.some((path) => path.includes("/@types/node/")),
    };
  }

  #host(options: ts.CompilerOptions): ts.CompilerHost {
    const host = this.#ts.createCompilerHost(options);
    const kept: ts.CompilerHost = {
      ...host,
      getSourceFile: (path, how, ...rest) => {
        const name = `${path} ${JSON.stringify(how)}`;
        // Those of a project are written again and again.
        if (!path.includes("/node_modules/")) return host.getSourceFile(path, how, ...rest);
        if (!this.#files.has(name)) {
          this.#files.set(name, host.getSourceFile(path, how, ...rest));
        }
        return this.#files.get(name);
      },
    };
    return kept;
  }

  #lineOf({ file, start = 0, code, messageText }: ts.Diagnostic, folder: string): string {
    const text = this.#ts.flattenDiagnosticMessageText(messageText, "\n");
    if (file === undefined) return `TS${code}: ${text}`;
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    return `${relative(folder, file.fileName)}:${line}: TS${code}: ${text}`;
  }
}
