import { type Case, type ParsedCase, parseCases } from "./case-format.ts";

/** A case as JSON that breaks no rule of the format; `over` replaces members of it. */
export function caseJson(over: object = {}): object {
  return {
    id: "Z01",
    title: "A case",
    rule: "a",
    confidence: "inferred",
    source: ["guide"],
    steps: [{ at: "0s", list: "ListCommands", input: {}, items: [] }],
    ...over,
  };
}

/** What the runner reads from a file that holds nothing but {@link caseJson}. */
export function parsedCase(over: object = {}): ParsedCase {
  const [parsed] = parseCases(JSON.stringify({ format: 2, cases: [caseJson(over)] }));
  if (parsed === undefined) throw new Error("A file with one case has one case.");
  return parsed;
}

/** The same for a case that can be run. */
export function readyCase(over: object = {}): Case {
  const parsed = parsedCase(over);
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.value;
}

/** A send to a node, as a step. */
export function sendStep(over: object = {}): object {
  return {
    at: "0s",
    call: "SendCommand",
    input: {
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["true"] },
      InstanceIds: placeholder("nodes"),
    },
    save: "sent",
    answer: { Command: { Status: "Pending" } },
    ...over,
  };
}

/** The placeholder for a path, as a case writes it. */
export function placeholder(path: string): string {
  return `\${${path}}`;
}
