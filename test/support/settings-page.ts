import ts from "typescript";
import { LATENCY_PRESETS } from "../../src/fake/account/latency.ts";
import { sourceFile, treeOf } from "../structure/source-files.ts";
import { code, markdownTable } from "./markdown-table.ts";
import { DECIDED_QUESTIONS, SETTING_NOTES } from "./open-question-notes.ts";

/** A member of an interface as its source describes it. */
export interface DocumentedMember {
  readonly name: string;
  readonly type: string;
  /** Its comment, without tags. */
  readonly comment: string;
  /** The value after `@default`. */
  readonly byDefault: string;
}

const QUESTIONS = "src/fake/engine/settings.ts";
const LATENCY = "src/fake/account/latency.ts";

/** The settings, from the comments of their interface. */
export function documentedSettings(): readonly DocumentedMember[] {
  return membersOf(QUESTIONS, "Settings");
}

/** The latencies, from the comments of their interface. */
export function documentedLatencies(): readonly DocumentedMember[] {
  return membersOf(LATENCY, "Latency");
}

/** `docs/settings.md`, made from the comments in the source and the notes on what is known. */
export function settingsPage(): string {
  return [
    "# Settings",
    "",
    "<!-- Made from the source by test/words/settings.test.ts: `npx vitest run test/words -u` writes it again. -->",
    "",
    "Not everything about Run Command is documented or recorded. Where something is not, the fake does what fits the",
    'evidence best, and each of these can be changed: `new FakeSsm({ settings: { errorLimit: "reached" } })`. The',
    "numbers are those by which comments in the source cite a question. An id in square brackets is a row of",
    "[sources.md](sources.md).",
    "",
    "## Open questions with a setting",
    "",
    markdownTable(
      ["No.", "Setting", "Default", "Other values", "What it decides", "Known", "Not known"],
      documentedSettings().map(settingRow).sort(byNumber),
    ),
    "",
    "## Open questions without one",
    "",
    "What the fake does about them is our decision.",
    "",
    markdownTable(
      ["No.", "Question", "The fake"],
      Object.entries(DECIDED_QUESTIONS).map(([number, texts]) => [number, ...texts]),
    ),
    "",
    "## Latency",
    "",
    'How late the service is: a preset, `new FakeSsm({ latency: "instant" })`, or durations of your own,',
    '`{ latency: { uploadDelay: "7s" } }`; those left out are as in `measured`, the default, or in another preset:',
    '`{ latency: { uploadDelay: "7s", otherwise: "instant" } }`. [What a call costs](decisions/time.md), and',
    "on which clocks, has a page of its own.",
    "",
    commentOf(LATENCY, "LATENCY_PRESETS"),
    "",
    markdownTable(
      ["Latency", "What it is", ...Object.keys(LATENCY_PRESETS).map(code)],
      documentedLatencies().map(latencyRow),
    ),
    "",
  ].join("\n");
}

function settingRow({ name, type, comment, byDefault }: DocumentedMember): readonly string[] {
  const note = Object.entries(SETTING_NOTES).find(([setting]) => setting === name)?.[1];
  if (note === undefined) throw new Error(`The setting ${name} has no note. Write one.`);
  const others = otherValues(type, byDefault);
  const numbers = note.questions.join(", ");
  return [numbers, code(name), code(byDefault), others, comment, note.known, note.unknown];
}

function byNumber([a = ""]: readonly string[], [b = ""]: readonly string[]): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}

function latencyRow({ name, comment }: DocumentedMember): readonly string[] {
  const values = Object.values(LATENCY_PRESETS).map(
    (preset) => Object.entries(preset).find(([latency]) => latency === name)?.[1] ?? "",
  );
  return [code(name), comment, ...values];
}

/** The values of a type besides the default one. */
function otherValues(type: string, byDefault: string): string {
  const values = type === "boolean" ? ["true", "false"] : type.split(" | ");
  return values
    .filter((value) => value !== byDefault)
    .map((value) =>
      value === "number" ? "any number" : value === "string" ? "any string" : code(value),
    )
    .join(", ");
}

function membersOf(path: string, name: string): readonly DocumentedMember[] {
  const tree = treeOf(sourceFile(path));
  const found = tree.statements.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  if (found === undefined || !ts.isInterfaceDeclaration(found)) {
    throw new Error(`${path} has no interface ${name}.`);
  }
  return found.members.filter(ts.isPropertySignature).map((member) => {
    const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
    return {
      name: member.name.getText(tree),
      type: member.type?.getText(tree) ?? "",
      comment: textOf(member),
      byDefault: ts.getTextOfJSDocComment(tag?.comment) ?? "",
    };
  });
}

/** The comment on a constant of a file. */
function commentOf(path: string, name: string): string {
  const tree = treeOf(sourceFile(path));
  const found = tree.statements.find(
    (node) =>
      ts.isVariableStatement(node) &&
      node.declarationList.declarations.some((each) => each.name.getText(tree) === name),
  );
  if (found === undefined) throw new Error(`${path} has no constant ${name}.`);
  return textOf(found);
}

/** The comment on a node, without tags: a line for each paragraph and for each item of a list. */
function textOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? "";
  return text
    .split("\n\n")
    .map((paragraph) => paragraph.replaceAll(/\s*\n(?!- )\s*/g, " "))
    .join("\n\n");
}
