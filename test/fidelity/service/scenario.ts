import type { AgentBehavior, FakeSsmOptions, NodeOptions } from "ssm-run-command/fake";
import type { JsonObject } from "../json.ts";

/** A recorded state of the service, calls, and what was answered: a scenario as its file has it. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly setup: Setup;
  readonly steps: readonly Step[];
}

/** The state before. `consistency` is the fake's `latency`; without one, nothing is late. */
export interface Setup {
  readonly accountId?: string;
  readonly region?: string;
  readonly settings?: NonNullable<FakeSsmOptions["settings"]>;
  readonly nodes?: readonly NodeOptions[];
  readonly behavior?: AgentBehavior;
  readonly consistency?: NonNullable<FakeSsmOptions["latency"]>;
  readonly documents?: readonly { readonly name: string; readonly content: string | object }[];
  readonly alarms?: Readonly<Record<string, AlarmWord>>;
  readonly groups?: Readonly<
    Record<string, "denied" | { readonly instanceIds: readonly string[] }>
  >;
}

export type AlarmWord = "OK" | "ALARM" | "INSUFFICIENT_DATA" | "UNKNOWN";

/** One thing that happens. */
export type Step =
  | { readonly type: "advance"; readonly by: string }
  | { readonly type: "node"; readonly node: string; readonly does: "goOffline" | "comeBack" }
  | { readonly type: "behavior"; readonly node: string; readonly behavior: AgentBehavior }
  | { readonly type: "alarm"; readonly alarm: string; readonly state: AlarmWord }
  | { readonly type: "prepare"; readonly call: ServiceCall }
  | {
      readonly type: "call";
      readonly label: string;
      readonly call: ServiceCall;
      readonly expected: Expected;
    }
  | {
      readonly type: "facts";
      readonly label: string;
      readonly document: string;
      readonly facts: JsonObject;
    };

export interface ServiceCall {
  readonly operation: string;
  readonly input: JsonObject;
}

/** What a call was answered. */
export interface Expected {
  /** The whole answer: members that it lacks have to be absent. */
  readonly ok?: JsonObject;
  /** A part of the answer. */
  readonly shows?: JsonObject;
  readonly refused?: {
    readonly type: string;
    readonly text?: string;
    /** The member of the body that has the text. */
    readonly member?: "message" | "Message";
  };
  /** Seconds from RequestedDateTime to ExpiresAfter. */
  readonly expires?: number;
  readonly between?: Between;
}

/** Seconds between two instants of the answer, such as `earliest ResponseFinishDateTime`, as bounds. */
export interface Between {
  readonly from: string;
  readonly to: string;
  readonly seconds: readonly [number, number];
}
