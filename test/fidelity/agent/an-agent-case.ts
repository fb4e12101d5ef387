import type { AgentCase } from "./agent-case.ts";

/** A case as JSON that breaks no rule of the format and passes without a script; `over` replaces members of it. */
export function agentCaseJson(over: object = {}): object {
  return {
    id: "exit-0",
    family: "exit codes",
    title: "a step that ends well",
    document: {
      schemaVersion: "2.2",
      mainSteps: [
        { action: "aws:runShellScript", name: "step1", inputs: { runCommand: ["echo out"] } },
      ],
    },
    behavior: { type: "exits", exitCode: 0, stdout: "out\n" },
    agent: {
      documentStatus: "Success",
      plugins: [{ id: "step1", status: "Success", code: 0, stdout: "out\n", stderr: "" }],
    },
    source: "a file",
    confidence: "certain",
    ...over,
  };
}

/** The same as the runner takes it. */
export function agentCase(over: Partial<AgentCase> = {}): AgentCase {
  // It has every member that a case has to have.
  return agentCaseJson(over) as AgentCase;
}
