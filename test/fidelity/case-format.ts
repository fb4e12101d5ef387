import { checkCase } from "./case-rules.ts";
import { isObject, rewritten } from "./json.ts";
import type { CaseSettings } from "./settings.ts";
import { messageOf, shown } from "./shown.ts";

/** The operations that a case may call. */
export type Operation =
  | "SendCommand"
  | "CancelCommand"
  | "GetCommandInvocation"
  | "ListCommands"
  | "ListCommandInvocations";

/** A fact about Run Command, as calls and answers. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly settings?: CaseSettings;
  readonly nodes?: readonly CaseNode[];
  readonly documents?: readonly { readonly name: string; readonly content: object }[];
  readonly account?: CaseAccount;
  readonly steps: readonly Step[];
}

/** A node, or `count` nodes whose ids go up by one. */
export interface CaseNode {
  readonly instanceId: string;
  readonly count?: number;
  readonly platform?: "Linux" | "Windows" | "MacOS";
  readonly tags?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly agent?: CaseAgent;
  readonly state?: "running" | "stopped";
  readonly access?: "denied";
  readonly resourceGroups?: readonly string[];
  readonly runs?: Runs;
}

/** Whether an agent can be reached, or from when on. */
export type CaseAgent =
  | "online"
  | "unreachable"
  | "undeliverable"
  | { readonly unreachableUntil: string };

/** What the processes of a node do: all of them alike, by plugin, or one after the other. */
export type Runs =
  | Run
  | { readonly byPlugin: Readonly<Record<string, Runs>> }
  | { readonly inTurn: readonly Run[] };

/** What one process does. */
export interface Run {
  readonly takes?: string;
  readonly exitCode?: number;
  readonly stdout?: Output;
  readonly stderr?: Output;
  readonly hangs?: boolean;
  readonly killedBySignal?: string;
  readonly killTakes?: string;
  readonly rebootTakes?: string;
  readonly neverReplies?: boolean;
}

/** What a process writes: at its start, or some time after it. */
export type Output = string | readonly { readonly after: string; readonly text: string }[];

/** What else is in the account. */
export interface CaseAccount {
  readonly alarms?: Readonly<Record<string, "OK" | "ALARM">>;
  readonly resourceGroups?: readonly string[];
  readonly denied?: readonly ("resource-groups:ListGroupResources" | "logs:CreateLogGroup")[];
  readonly logGroups?: readonly string[];
}

/** What happens at some time: exactly one of these. */
export type Step = CallStep | ListStep | ChangeStep | ReadStep;

/** One call, and what comes back: an answer or a refusal. */
export interface CallStep {
  readonly at: string;
  readonly call: Operation;
  readonly input: object;
  readonly save?: string;
  readonly answer?: unknown;
  readonly refused?: { readonly name: unknown; readonly message?: unknown };
  readonly absent?: readonly string[];
}

/** A listing, followed to its end. */
export interface ListStep {
  readonly at: string;
  readonly list: "ListCommands" | "ListCommandInvocations";
  readonly input: object;
  readonly items?: unknown;
  readonly groups?: Readonly<Record<string, { readonly count: number }>>;
}

/** A change of the account. */
export interface ChangeStep {
  readonly at: string;
  readonly change: Change;
}

/** What changes: an alarm, or a node. */
export type Change =
  | { readonly alarm: { readonly name: string; readonly state: "OK" | "ALARM" | "missing" } }
  | {
      readonly node: string;
      readonly agent?: CaseAgent;
      readonly tags?: Readonly<Record<string, string>>;
      readonly state?: "running" | "stopped";
    };

/** A look at the side effects of the service: where to look, and what has to be there. */
export type ReadStep = { readonly at: string } & (
  | {
      readonly read: "logs";
      readonly group: string;
      readonly streams?: readonly object[];
      readonly exists?: false;
    }
  | { readonly read: "objects"; readonly bucket: string; readonly objects: readonly object[] }
  | { readonly read: "notifications"; readonly topic: string; readonly messages: readonly object[] }
  | {
      readonly read: "rollout";
      readonly command: string;
      readonly order?: unknown;
      readonly inFlight?: unknown;
      readonly maxInFlight?: unknown;
    }
);

/** A case that can be run, or why it cannot. */
export type ParsedCase =
  | { readonly ok: true; readonly id: string; readonly value: Case }
  | { readonly ok: false; readonly id: string; readonly why: string };

/**
 * The cases of a file of format 2. A case that breaks the format cannot be run; the other cases still can.
 *
 * @throws Error with one sentence when the file as a whole is broken.
 */
export function parseCases(json: string): readonly ParsedCase[] {
  const file = parseJson(json);
  if (!isObject(file) || file["format"] !== 2 || !Array.isArray(file["cases"])) {
    throw new Error('A file of cases has to be { "format": 2, "cases": [case, …] }.');
  }
  const unknown = Object.keys(file).find((key) => key !== "format" && key !== "cases");
  if (unknown !== undefined) {
    throw new Error(`A file of cases has no key ${JSON.stringify(unknown)}.`);
  }
  return file["cases"].map((value: unknown, index) => parseCase(value, index + 1));
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`A file of cases has to be JSON, and this is not: ${messageOf(error)}.`);
  }
}

function parseCase(value: unknown, ordinal: number): ParsedCase {
  const named = isObject(value) ? value["id"] : undefined;
  const id = typeof named === "string" ? named : `number ${ordinal}`;
  try {
    const expanded = rewritten(value, longText);
    const problems = checkCase(expanded, "case");
    if (problems.length > 0) return { ok: false, id, why: problems.join(" ") };
    // Every key and value has been checked.
    return { ok: true, id, value: expanded as Case };
  } catch (error) {
    return { ok: false, id, why: messageOf(error) };
  }
}

/** Instead of a long string, a case may write `{ "$repeat": text, "times": n }`. */
function longText(value: unknown): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, "$repeat")) return undefined;
  const { $repeat: repeat, times, ...others } = value;
  const isLongText =
    typeof repeat === "string" &&
    Number.isInteger(times) &&
    Number(times) >= 0 &&
    Object.keys(others).length === 0;
  if (isLongText) return repeat.repeat(Number(times));
  throw new Error(`${shown(value)} is no long text. Write { "$repeat": text, "times": number }.`);
}
