import ts from "typescript";
import { type SourceFile, treeOf } from "./source-files.ts";

/** Says what is wrong with a node of the syntax tree, if anything is. */
type Rule = (node: ts.Node) => string | undefined;

const LONGEST_FILE = 400;
const MOST_FILES = 20;
const DRAWERS = /^(?:utils?|helpers?|common|misc|manager|data)$/;
const FILE_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z-]+)*\.ts$/;
const UNFINISHED = /\b(?:TO[D]O|FIX[M]E)\b/;
const TIME_AND_CHANCE =
  /^(?:set(?:Timeout|Interval|Immediate)|randomUUID|getRandomValues|(?:Date|performance)\.now|Math\.random|new Date\(\)|Date\(\))$/;
const EMPTY_COLLECTION = /^new (?:Weak)?(?:Map|Set)(?:<.*>)?\(\)$/s;

/** Where any file breaks a rule that holds everywhere: a sentence for each. */
export function breachesOf(file: SourceFile): readonly string[] {
  const rules = [exportStyle, anyType, enumeration];
  return [...breachesOfName(file), ...breachesOfText(file), ...breachesOfTree(file, rules)];
}

/** Folders that hold more files than a reader keeps in mind: a sentence for each. */
export function crowdedFolders(files: readonly SourceFile[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MOST_FILES)
    .map(([folder, count]) => `${folder} holds ${count} files.`);
}

/** Where a file of `src` breaks a rule that holds for the package only. */
export function sourceBreachesOf(file: SourceFile): readonly string[] {
  const touchesTime = /^src\/(?:time\/(?:clock|faked-timers)\.ts$|fake\/bubble\/)/.test(file.path);
  return breachesOfTree(file, touchesTime ? [moduleState] : [moduleState, timeAndChance]);
}

/** Where a test file breaks a rule that holds for tests only. */
export function testBreachesOf(file: SourceFile): readonly string[] {
  return breachesOfTree(file, [testName, describeDepth]);
}

function breachesOfName({ path }: SourceFile): readonly string[] {
  const parts = path.split("/");
  const drawer = parts.flatMap((part) => part.split(/[-.]/)).find((word) => DRAWERS.test(word));
  return [
    ...(FILE_NAME.test(parts.at(-1) ?? "") ? [] : [`${path} is not named in kebab-case.`]),
    ...(drawer === undefined ? [] : [`${path} is a drawer: ${drawer}.`]),
  ];
}

function breachesOfText({ path, text }: SourceFile): readonly string[] {
  const lines = text.trimEnd().split("\n");
  return [
    ...(lines.length > LONGEST_FILE ? [`${path} has ${lines.length} lines.`] : []),
    ...lines.flatMap((line, index) =>
      UNFINISHED.test(line) ? [`${path}:${index + 1} puts something off.`] : [],
    ),
  ];
}

function breachesOfTree(file: SourceFile, rules: readonly Rule[]): readonly string[] {
  const tree = treeOf(file);
  const sentences: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const rule of rules) {
      const what = rule(node);
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
      if (what !== undefined) sentences.push(`${file.path}:${line} ${what}.`);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return sentences;
}

function exportStyle(node: ts.Node): string | undefined {
  if (ts.isExportDeclaration(node)) {
    const { exportClause } = node;
    if (exportClause === undefined || ts.isNamespaceExport(exportClause)) return "exports *";
    const isDefault = exportClause.elements.some(({ name }) => name.text === "default");
    return isDefault ? "has a default export" : undefined;
  }
  const isDefault = ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword;
  return isDefault && !ts.isDefaultClause(node.parent) ? "has a default export" : undefined;
}

function anyType(node: ts.Node): string | undefined {
  return node.kind === ts.SyntaxKind.AnyKeyword ? "says any" : undefined;
}

function enumeration(node: ts.Node): string | undefined {
  return ts.isEnumDeclaration(node) ? "has an enum" : undefined;
}

function timeAndChance(node: ts.Node): string | undefined {
  const isAccess =
    ts.isIdentifier(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isCallExpression(node);
  if (!isAccess || !TIME_AND_CHANCE.test(node.getText()) || isInDefault(node)) return undefined;
  return `touches ${node.getText()}`;
}

/** Whether a node stands in the default of a parameter or of a destructured option. */
function isInDefault(node: ts.Node): boolean {
  const { parent } = node;
  if (parent === undefined) return false;
  const takesDefault = ts.isParameter(parent) || ts.isBindingElement(parent);
  return (takesDefault && parent.initializer === node) || isInDefault(parent);
}

function moduleState(node: ts.Node): string | undefined {
  if (!ts.isVariableStatement(node) || !ts.isSourceFile(node.parent)) return undefined;
  const { flags, declarations } = node.declarationList;
  const isFixed =
    (flags & ts.NodeFlags.Const) !== 0 &&
    !declarations.some(({ initializer }) => EMPTY_COLLECTION.test(initializer?.getText() ?? ""));
  return isFixed ? undefined : "keeps state in its module";
}

function testName(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !/^(?:it|test|describe)\b/.test(node.expression.getText())) {
    return undefined;
  }
  const [name] = node.arguments;
  return name !== undefined && ts.isStringLiteralLike(name) && /\bshould\b/i.test(name.text)
    ? "names a test after a wish"
    : undefined;
}

function describeDepth(node: ts.Node): string | undefined {
  return isDescribe(node) && depthOf(node) > 2 ? "has a describe three deep" : undefined;
}

function depthOf(node: ts.Node | undefined): number {
  return node === undefined ? 0 : depthOf(node.parent) + (isDescribe(node) ? 1 : 0);
}

function isDescribe(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) &&
    /^describe/.test(node.expression.getText()) &&
    node.arguments.some(ts.isFunctionLike)
  );
}
