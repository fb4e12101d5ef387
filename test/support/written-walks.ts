import type { Lateness, WalkNode, WalkSetup } from "./fleet-acts.ts";
import type { Step } from "./fleet-steps.ts";

/** A walk that was written by hand, for what random walks seldom reach. */
export interface WrittenWalk {
  readonly setup: WalkSetup;
  readonly steps: readonly Step[];
}

/** A walk with two nodes that are alike: Linux, online, busy for 20 s, unless `like` says otherwise. */
export function aWalk(
  { lateness = { cancelLatency: 2, expirySweepLag: 0 }, ...like }: WalkLike,
  steps: readonly Step[],
): WrittenWalk {
  const node = {
    role: "web",
    agent: "online",
    platform: "Linux",
    access: "allowed",
    behavior: { type: "exits", seconds: 20, exitCode: 0 },
    ...like,
  } as const;
  const nodes = ["i-00000001", "i-00000002"].map((instanceId) => ({ ...node, instanceId }));
  return { setup: { nodes, lateness }, steps };
}

type WalkLike = Partial<Omit<WalkNode, "instanceId">> & { readonly lateness?: Lateness };

/** A command to both nodes. It expires a minute after its send, unless its time-outs say otherwise. */
export function send({
  window = "100%",
  timeoutSeconds = 30,
  executionTimeout = 30,
  watchesAlarm = false,
} = {}): Step {
  return {
    type: "send",
    chosen: { by: "ids", places: [0, 1] },
    maxConcurrency: window,
    maxErrors: "0",
    timeoutSeconds,
    executionTimeout,
    watchesAlarm,
  };
}

export function wait(seconds: number): Step {
  return { type: "advance", seconds };
}

export function remove(node: number): Step {
  return { type: "remove", node };
}

export function comeBack(node: number): Step {
  return { type: "change", node, to: { agent: "online" } };
}

/** A cancel of the whole command. */
export const cancel: Step = { type: "cancel", command: 0, places: undefined };
