import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { sourceFile, treeOf } from "../structure/source-files.ts";
import { type Assertion, assertionsOf } from "./block-assertions.ts";
import { commonScene, OWN_SCENES, sceneAccount } from "./block-scene.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { freeNames } from "./free-names.ts";

/** A block as a module that can be compiled and run. */
export interface BlockModule {
  readonly block: CodeBlock;
  /** The names that it takes from its scene. */
  readonly sceneNames: readonly string[];
  readonly assertions: readonly Assertion[];
  /** What cannot be read in it, a sentence for each. */
  readonly unreadable: readonly string[];
  /** As TypeScript: one line of imports and of the scene's names, then the block in braces, line by line. */
  readonly source: string;
  /** The same as a script of CommonJS, each shown value reported as `$shows(value, index)`. */
  readonly script: string;
}

/** The packages from which blocks get what they use without an import of their own. The first that has a name wins. */
const PACKAGES = [
  "ssm-run-command",
  "ssm-run-command/cloudwatch-logs",
  "ssm-run-command/fake",
  "ssm-run-command/fake/node",
  "ssm-run-command/explore",
  "ssm-run-command/explore/fast-check",
  "@aws-sdk/client-ssm",
  "@aws-sdk/client-cloudwatch-logs",
  "@aws-sdk/client-s3",
];
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COMMON_NAMES = Object.keys(commonScene(sceneAccount()));

interface Export {
  readonly from: string;
  readonly isType: boolean;
}

/** Compiles blocks as the repository is compiled. */
export class BlockCompiler {
  readonly #options = compilerOptions();
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();
  readonly #exports = new Map<string, Export>();
  readonly #packages: ts.Program;

  constructor() {
    this.#packages = this.#program(
      new Map([[virtualPath("packages"), PACKAGES.map((name) => `import "${name}";`).join("\n")]]),
    );
    this.#readExports();
  }

  /** Gives a block its imports and its scene. */
  assemble(block: CodeBlock): BlockModule {
    const tree = treeOf({ path: "block.ts", text: block.code });
    const shown = assertionsOf(tree);
    const assertions = shown.filter((each) => "expected" in each);
    const free = freeNames(tree);
    const ownNames = Object.keys(ownScene(block.place) ?? {});
    const isOfScene = (name: string) => ownNames.includes(name) || COMMON_NAMES.includes(name);
    const sceneNames = free.filter(isOfScene);
    const imports = free
      .filter((name) => !isOfScene(name))
      .flatMap((name) => this.#importOf(name, block));
    const types = sceneNames.map((name) => {
      const scene = ownNames.includes(name) ? `OwnScene<${JSON.stringify(block.place)}>` : "Scene";
      return `declare const ${name}: import("../support/block-scene.ts").${scene}["${name}"];`;
    });
    const { own, rest } = splitImports(tree);
    const header = [...imports, ...own].join(" ");
    const script = withReports(tree, assertions);
    return {
      block,
      sceneNames,
      assertions,
      unreadable: shown
        .filter((each) => "complaint" in each)
        .map(({ line, complaint }) => `${block.path}:${block.line + line} ${complaint}.`),
      source: `${header} ${types.join(" ")} export {}; {\n${rest(block.code)}\n}\n`,
      script: toCommonJs(`${header} {\n${rest(script)}\n}\n`),
    };
  }

  /**
   * What the compiler finds wrong in blocks, and the values in them that cannot be read: a sentence for each, with its
   * place.
   */
  complaints(modules: readonly BlockModule[]): readonly string[] {
    const paths = new Map(modules.map((module, index) => [virtualPath(`block-${index}`), module]));
    const texts = new Map([...paths].map(([path, { source }]) => [path, source]));
    const program = this.#program(texts, this.#packages);
    return [...paths].flatMap(([path, { block, unreadable }]) => {
      const file = program.getSourceFile(path);
      const found = [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ];
      const sentences = found.map(({ messageText, start = 0 }) => {
        const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + block.line - 1;
        return `${block.path}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
      });
      return [...unreadable, ...sentences];
    });
  }

  #importOf(name: string, { path }: CodeBlock): readonly string[] {
    const found = this.#exports.get(name) ?? exportOf(path, name);
    if (found === undefined) return [];
    return [`import { ${found.isType ? "type " : ""}${name} } from "${found.from}";`];
  }

  #readExports(): void {
    const checker = this.#packages.getTypeChecker();
    const probe = this.#packages.getSourceFile(virtualPath("packages"));
    const isGlobal = namesInScope(checker, probe);
    for (const statement of probe?.statements ?? []) {
      if (!ts.isImportDeclaration(statement)) continue;
      const module = checker.getSymbolAtLocation(statement.moduleSpecifier);
      if (module === undefined || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const from = statement.moduleSpecifier.text;
      for (const symbol of checker.getExportsOfModule(module)) {
        if (this.#exports.has(symbol.name) || isGlobal.has(symbol.name)) continue;
        this.#exports.set(symbol.name, { from, isType: isOnlyType(symbol, checker) });
      }
    }
  }

  #program(texts: ReadonlyMap<string, string>, before?: ts.Program): ts.Program {
    const host = ts.createCompilerHost(this.#options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (path) => texts.has(path) || fileExists(path);
    host.readFile = (path) => texts.get(path) ?? readFile(path);
    host.getSourceFile = (path, version) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, version);
      if (!this.#parsed.has(path)) this.#parsed.set(path, getSourceFile(path, version));
      return this.#parsed.get(path);
    };
    const rootNames = [...texts.keys()];
    return ts.createProgram({
      rootNames,
      options: this.#options,
      host,
      ...(before === undefined ? {} : { oldProgram: before }),
    });
  }
}

/** The names that only the block at this place has. */
export function ownScene(place: string): (typeof OWN_SCENES)[keyof typeof OWN_SCENES] | undefined {
  return Object.entries(OWN_SCENES).find(([own]) => own === place)?.[1];
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  return ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options;
}

/** A path in test/words, at which no file exists. */
function virtualPath(name: string): string {
  return `${ROOT}test/words/${name}.ts`;
}

function namesInScope(checker: ts.TypeChecker, file: ts.SourceFile | undefined): Set<string> {
  const flags = ts.SymbolFlags.Value | ts.SymbolFlags.Type;
  return new Set(
    file === undefined ? [] : checker.getSymbolsInScope(file, flags).map(({ name }) => name),
  );
}

function isOnlyType(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
  return (target.flags & ts.SymbolFlags.Value) === 0;
}

/** What a file of `src` exports under a name: for doc comments of what no entry point exports. */
function exportOf(path: string, name: string): Export | undefined {
  if (!path.endsWith(".ts")) return undefined;
  const statement = treeOf(sourceFile(path)).statements.find(
    (each) =>
      ts.canHaveModifiers(each) &&
      ts.getModifiers(each)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) &&
      declaredBy(each).includes(name),
  );
  if (statement === undefined) return undefined;
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return { from: posix.join("../..", path), isType };
}

function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const name = ts.getNameOfDeclaration(statement as unknown as ts.Declaration);
  return name === undefined ? [] : [name.getText()];
}

/** A block's own imports, and a function that blanks them and `export` in a string that begins as the block does. */
function splitImports(tree: ts.SourceFile) {
  const imports = tree.statements.filter(ts.isImportDeclaration).map((each) => each.getText(tree));
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  return {
    own: imports.map((text) => text.replace(/\n/g, " ")),
    rest: (text: string) =>
      imports
        .reduce((left, each) => left.replace(each, blank), text)
        .replace(/^export (?=\w)/gm, ""),
  };
}

function withReports({ text }: ts.SourceFile, assertions: readonly Assertion[]): string {
  return assertions.reduceRight(
    (left, { start, end }, index) =>
      `${left.slice(0, start)}$shows(${text.slice(start, end)}, ${index})${left.slice(end)}`,
    text,
  );
}

function toCommonJs(text: string): string {
  return ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      isolatedModules: true,
    },
  }).outputText;
}
