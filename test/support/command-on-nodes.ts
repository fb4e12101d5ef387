import type { InvocationDetail } from "../../src/domain/status.ts";
import {
  type CommandContext,
  type CommandEffect,
  type CommandEvent,
  type CommandState,
  newCommand,
  nextCommand,
} from "../../src/fake/engine/command.ts";
import {
  type Invocation,
  type InvocationEvent,
  newInvocation,
  nextInvocation,
} from "../../src/fake/engine/invocation.ts";

/** A command and its invocations, with no clock and no agents: what follows from an event happens at once. */
export class CommandOnNodes {
  state: CommandState;
  readonly invocations: Invocation[] = [];
  /** The nodes that it was sent to, in the order of dispatch. */
  readonly sent: number[] = [];
  readonly #context: CommandContext;
  readonly #unusable: readonly number[];

  constructor(context: CommandContext, unusable: readonly number[] = []) {
    this.#context = context;
    this.#unusable = unusable;
    [this.state] = newCommand(context);
  }

  /** The detail of each node's invocation. */
  get details(): readonly InvocationDetail[] {
    return this.invocations.map(({ detail }) => detail);
  }

  /** Gives events to the command. */
  happens(...events: readonly CommandEvent[]): this {
    for (const event of events) {
      const [next, effects] = nextCommand(this.state, event, this.#context);
      this.state = next;
      for (const effect of effects) this.#carryOut(effect, event.at);
    }
    return this;
  }

  /** Gives an event to one of its invocations. */
  hears(index: number, event: InvocationEvent): this {
    const invocation = this.invocations[index];
    if (invocation === undefined) return this;
    const [next] = nextInvocation(invocation, event);
    this.invocations[index] = next;
    const { detail: from } = invocation;
    const { detail: to } = next;
    if (from === to) return this;
    if (event.type === "sent") this.sent.push(index);
    return this.happens({ type: "moved", at: event.at, from, to });
  }

  /** The agent of a node replies. */
  ends(index: number, detail: "Success" | "Failed", at: number): this {
    const plugin = { name: "run", detail, exitCode: 0, startedAt: at, finishedAt: at };
    const plugins = [{ ...plugin, stdout: "", stderr: "" }];
    return this.hears(index, { type: "agentReplied", at, plugins });
  }

  #carryOut(effect: CommandEffect, at: number): void {
    switch (effect.type) {
      case "schedule":
        break;
      case "makeRecords":
        for (let index = 0; index < this.state.rollout.total; index++) {
          this.invocations.push(newInvocation(`i-${index}`));
        }
        for (const index of this.#unusable) {
          this.hears(index, { type: "rejected", at, as: "InvalidPlatform" });
        }
        this.happens({ type: "recordsMade", at });
        break;
      case "tell": {
        const end = Math.min(effect.end, this.invocations.length);
        for (let index = effect.from; index < end; index++) this.hears(index, effect.event);
        break;
      }
      case "tellNodes":
        for (const id of effect.instanceIds) {
          const index = this.invocations.findIndex(({ instanceId }) => instanceId === id);
          this.hears(index, effect.event);
        }
        break;
      case "advanceAgain":
        this.happens({ type: "advance", at });
        break;
    }
  }
}
