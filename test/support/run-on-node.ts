import { newAgentRun, nextAgentRun } from "../../src/fake/agents/agent-run.ts";
import type {
  AgentNode,
  AgentRunContext,
  AgentRunEffect,
  AgentRunEvent,
  AgentRunState,
} from "../../src/fake/agents/agent-run-state.ts";
import type { Place } from "../../src/fake/agents/agent-workers.ts";
import type { PluginResult } from "../../src/fake/agents/plugin-result.ts";
import type { InvocationEvent, PluginReply } from "../../src/fake/engine/invocation.ts";
import type { EpochMs } from "../../src/time/clock.ts";
import { deepFreeze } from "./deep-freeze.ts";

/** The node of every run. */
const LINUX: AgentNode = { instanceId: "i-0123456789abcdef0", platform: "Linux" };

interface Handed {
  readonly at: EpochMs;
  /** The results of the processes, in the order in which the run asks for them; after the last one none is known. */
  readonly results?: readonly PluginResult[];
  readonly place?: Place;
}

/** The types of events that have no further member. */
type BareEvent = Exclude<
  AgentRunEvent["type"],
  "behaviorKnown" | "workBegun" | "workEnded" | "workWrote" | "workerFree"
>;

interface Timer {
  readonly at: EpochMs;
  readonly type: "due" | "killed" | "logsPolled";
}

/** The run of a document on a node, with a clock of its own that moves only in `passes`. */
export class RunOnNode {
  state: AgentRunState;
  now: EpochMs;
  /** All effects that it asked for, in their order, and the events that its invocation received. */
  readonly effects: AgentRunEffect[] = [];
  readonly told: InvocationEvent[] = [];
  readonly #context: AgentRunContext;
  readonly #results: PluginResult[];
  #timers: readonly Timer[] = [];

  constructor(context: AgentRunContext, { at, results = [], place = "worker" }: Handed) {
    this.#context = context;
    this.#results = [...results];
    this.now = at;
    const handed = { at, plain: undefined, node: LINUX, place };
    const [state, effects] = newAgentRun(handed, context);
    this.state = deepFreeze(state);
    this.#wait(undefined);
    this.#carryOut(effects);
  }

  /** The steps that the agent has reported. */
  get plugins(): readonly PluginReply[] | undefined {
    const reply = this.told.find(({ type }) => type === "agentReplied");
    return reply?.type === "agentReplied" ? reply.plugins : undefined;
  }

  /** For how many processes the behavior was asked. */
  get timesAsked(): number {
    return this.effects.filter(({ type }) => type === "askBehavior").length;
  }

  /** An event happens to it now. */
  happens(event: AgentRunEvent): this {
    const { wait } = this.state;
    const [next, effects] = nextAgentRun(this.state, deepFreeze(event), this.#context);
    this.state = deepFreeze(next);
    this.#wait(wait);
    this.#carryOut(effects);
    return this;
  }

  /** An event without further members happens to it now. */
  hears(type: BareEvent): this {
    return this.happens({ type, at: this.now });
  }

  /** Time passes, and what falls due on the way happens at its own instant. */
  passes(ms: number): this {
    const until = this.now + ms;
    for (;;) {
      const [first] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (first === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== first);
      this.now = first.at;
      this.happens(first);
    }
    this.now = until;
    return this;
  }

  #wait(before: AgentRunState["wait"]): void {
    const { wait } = this.state;
    if (wait !== undefined && wait !== before) this.#schedule({ type: "due", at: wait.until });
  }

  #schedule(timer: Timer): void {
    this.#timers = [...this.#timers, timer];
  }

  #carryOut(effects: readonly AgentRunEffect[]): void {
    for (const effect of effects) {
      this.effects.push(effect);
      switch (effect.type) {
        case "killLater":
          this.#schedule({ type: "killed", at: effect.until });
          break;
        case "pollLogs":
          for (const at of effect.at) this.#schedule({ type: "logsPolled", at });
          break;
        case "askBehavior": {
          const result = this.#results.shift();
          if (result !== undefined) this.happens({ type: "behaviorKnown", at: this.now, result });
          break;
        }
        case "tell":
          this.told.push(effect.event);
          break;
        case "endWork":
        case "upload":
          break;
      }
    }
  }
}
