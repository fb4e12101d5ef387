import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Mistakes that the types refuse, as a caller writes them. */
const MISTAKES = [
  'new FakeSsm({ latancy: "worst" });',
  'new FakeSsm({ latency: "mesured" });',
  'fake.nodes.add({ id: "i-0123456789abcdef0" });',
  'fake.nodes.add({ tags: [{ Key: "Role", Value: "web" }] });',
  'succeeds({ after: "90" });',
  "succeeds({ exitCode: 3 });",
  'fake.faults.throttle("ListComands", { times: 1 });',
  'fake.on("SendCommand", ({ input }) => void input.instanceIds);',
  'await runCommand.send({ ...runShellScript("uptime"), Targets: { Role: "web" } });',
  "await sent.waitForTerminal({ timeout: 300 });",
  'expect(fake).toHaveSentCommand({ documnt: "release" });',
  "expect(fake).toHaveSentCommand({ MaxErrors: 1 });",
  'expect(fake).toHaveSentCommand({ parameters: { commands: "uptime" } });',
  'expect(fake).toHaveReached("Delivery Timed Out");',
  "expect(runCommand).toHaveSucceeded();",
  "expect(sent).toHaveNoUnusedTrouble();",
  "expect(fake).toBeClean();",
];

const BEFORE = [
  'import { RunCommandClient, runShellScript, type SentCommand } from "ssm-run-command";',
  'import { FakeSsm, succeeds } from "ssm-run-command/fake";',
  'import "ssm-run-command/vitest";',
  'import { expect } from "vitest";',
  "const fake = new FakeSsm();",
  "const runCommand = new RunCommandClient(fake);",
  "declare const sent: SentCommand;",
  "export { expect, fake, runCommand, runShellScript, sent, succeeds };",
  "",
].join("\n");

/** What the compiler says of each, with the options of a plain strict project. */
function complaints(sources: readonly string[]): readonly string[] {
  const config: unknown = ts.parseConfigFileTextToJson(
    "tsconfig.json",
    readFileSync(`${ROOT}tsconfig.json`, "utf8"),
  ).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const plain = { ...options, exactOptionalPropertyTypes: false, noUnusedLocals: false };
  const files = new Map(
    sources.map((text, index) => [`${ROOT}mistake-${index}.ts`, BEFORE + text]),
  );
  const host = ts.createCompilerHost(plain);
  const virtual: ts.CompilerHost = {
    ...host,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile: (path, version) => {
      const text = files.get(path);
      return text === undefined
        ? host.getSourceFile(path, version)
        : ts.createSourceFile(path, text, version);
    },
  };
  const program = ts.createProgram([...files.keys()], plain, virtual);
  return [...files.keys()].map((path) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(path))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))
      .join("\n"),
  );
}

describe("what the compiler says of a typical mistake", { timeout: 60_000 }, () => {
  const said = complaints(MISTAKES);

  it("is something, for each of ten", () => {
    expect(said.filter((text) => text === "")).toEqual([]);
    expect(said).toHaveLength(MISTAKES.length);
  });

  it("is readable, and stays as it is", async () => {
    const page = MISTAKES.map((code, index) => `${code}\n${said[index]?.replace(/^/gm, "  ")}\n`);
    await expect(page.join("\n")).toMatchFileSnapshot("compiler-texts.txt");
  });

  it("takes six lines at most", () => {
    for (const text of said) expect(text.split("\n").length).toBeLessThanOrEqual(6);
  });
});
