import type { PluginResult } from "ssm-run-command/fake";

/** How late the service is, in seconds. */
export interface Lateness {
  readonly cancelLatency: number;
  readonly expirySweepLag: number;
}

/** How a process of a walk ends. */
export type WalkBehavior =
  | { readonly type: "exits"; readonly seconds: number; readonly exitCode: number }
  | { readonly type: "hangs" }
  | { readonly type: "neverReplies" };

/** A node of a walk. */
export interface WalkNode {
  readonly instanceId: string;
  readonly role: string;
  readonly agent: "online" | "unreachable" | "undeliverable";
  readonly platform: "Linux" | "Windows";
  readonly access: "allowed" | "denied";
  readonly behavior: WalkBehavior;
}

/** What a walk begins with. */
export interface WalkSetup {
  readonly nodes: readonly WalkNode[];
  readonly lateness: Lateness;
}

/** The nodes of a command: by their ids, or by the values of their tag. */
export type Chosen =
  | { readonly by: "ids"; readonly instanceIds: readonly string[] }
  | { readonly by: "roles"; readonly roles: readonly string[] };

/** A command to send. */
export interface SendAct {
  readonly type: "send";
  readonly commandId: string;
  readonly chosen: Chosen;
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly timeoutSeconds: number;
  readonly executionTimeout: number;
  readonly watchesAlarm: boolean;
}

export type AlarmState = "OK" | "ALARM" | "UNKNOWN";

/** A change of the account by the walk. Reads and the passing of time are not acts. */
export type Act =
  | SendAct
  | {
      readonly type: "cancel";
      readonly commandId: string;
      /** Undefined: the whole command. */
      readonly instanceIds: readonly string[] | undefined;
    }
  | {
      readonly type: "change";
      readonly instanceId: string;
      readonly to: Partial<Pick<WalkNode, "agent" | "role" | "behavior">>;
    }
  | { readonly type: "remove"; readonly instanceId: string }
  | { readonly type: "alarm"; readonly state: AlarmState };

/** An act, and when it was done. */
export type DatedAct = Act & { readonly at: number };

/** The behavior as a result that the fake takes. */
export function toPluginResult(behavior: WalkBehavior): PluginResult {
  if (behavior.type !== "exits") return behavior;
  const { seconds, exitCode } = behavior;
  return { type: "exits", exitCode, after: `${seconds}s` };
}
