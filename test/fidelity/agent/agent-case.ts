import type { AgentBehavior, Platform } from "ssm-run-command/fake";

/** A document as a node runs it, and what the real agent reports of it. */
export interface AgentCase {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  /** The document: one of these three. */
  readonly document?: object;
  readonly documentText?: string;
  readonly documentName?: string;
  readonly parameters?: Readonly<Record<string, readonly string[]>>;
  readonly ssm?: Readonly<Record<string, StoredParameter>>;
  readonly platform?: Platform;
  /** The shell of the node, when it is not the default one. */
  readonly shell?: string;
  /** What the step does when no script is run. */
  readonly behavior?: AgentBehavior;
  readonly cancelAfterMs?: number;
  readonly timeoutSeconds?: number;
  /** How far the clock is moved after the send. */
  readonly advance?: string;
  readonly needs?: readonly string[];
  /** Real time after which the case has failed. */
  readonly limitMs?: number;
  /** So long after the send the invocation must still be open. */
  readonly stillOpenMs?: number;
  readonly leaves?: Leaves;
  /** Whether the service may refuse the document or the command before an agent sees it. */
  readonly serviceSide?: boolean;
  readonly agent: AgentAnswer;
}

/** A String, a StringList, or a SecureString. */
export type StoredParameter = string | readonly string[] | { readonly secure: string };

/** Files below the scratch folder that exist, or do not, some time after the end. */
export interface Leaves {
  readonly afterMs: number;
  readonly files: Readonly<Record<string, boolean>>;
}

/** What the agent reports, as the API shows it. Members that a case leaves out are not compared. */
export interface AgentAnswer {
  readonly documentStatus?: string;
  readonly trace?: string;
  /** Why the agent cannot read the document. */
  readonly refused?: string;
  readonly plugins: readonly AgentPlugin[];
}

/** One step of the agent's answer. */
export interface AgentPlugin {
  readonly id: string;
  readonly status?: string;
  readonly code?: number;
  readonly output?: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly elapsedSeconds?: number;
}

/** Whether a case ends without a script that really runs, so that it takes no real time. */
export function runsNoScript({ behavior, agent }: AgentCase): boolean {
  return behavior !== undefined || agent.trace !== undefined || agent.refused !== undefined;
}
