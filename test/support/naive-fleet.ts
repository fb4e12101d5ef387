import type { InvocationDetail } from "../../src/domain/status.ts";
import {
  moved,
  nextRollout,
  type RateLimits,
  type Rollout,
  startRollout,
} from "../../src/fake/engine/rollout.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/fake/engine/settings.ts";

/** A command as its nodes see it: the naive counterpart of a rollout, with one detail per node and nothing counted. */
export class NaiveFleet {
  readonly details: InvocationDetail[];
  readonly sent: number[] = [];
  closes = 0;
  rollout: Rollout;
  readonly #rules: Settings;

  constructor(total: number, limits: Partial<RateLimits> = {}, rules: Partial<Settings> = {}) {
    this.#rules = { ...DEFAULT_SETTINGS, ...rules };
    this.details = Array.from({ length: total }, () => "Pending");
    this.rollout = startRollout(
      total,
      { maxConcurrency: "50", maxErrors: "0", ...limits },
      this.#rules,
    );
    this.#drive();
  }

  /** The nodes that have one of these details, in the order of dispatch. */
  those(...wanted: readonly InvocationDetail[]): readonly number[] {
    return [...this.details.keys()].filter((index) => wanted.includes(this.details[index]!));
  }

  /** Moves one node, then does whatever the rollout wants. */
  move(index: number, to: InvocationDetail): void {
    this.#set(index, to);
    this.#drive();
  }

  /** Ends what is in flight, the earliest first, until nothing is left. */
  endAll(outcome: (index: number) => InvocationDetail): this {
    for (
      let [index] = this.those("InProgress");
      index !== undefined;
      [index] = this.those("InProgress")
    ) {
      this.move(index, outcome(index));
    }
    return this;
  }

  #set(index: number, to: InvocationDetail): void {
    const from = this.details[index]!;
    this.details[index] = to;
    this.rollout = moved(this.rollout, { from, to });
  }

  #drive(): void {
    for (;;) {
      const [next, effect] = nextRollout(this.rollout, this.#rules);
      this.rollout = next;
      if (effect === undefined) return;
      if (effect.type === "close") this.closes++;
      if (effect.type === "send" && this.details[effect.index] === "Pending") {
        this.sent.push(effect.index);
        this.#set(effect.index, "InProgress");
      }
      if (effect.type === "terminate") {
        for (const index of this.those("Pending")) {
          if (index >= effect.from) this.#set(index, "Terminated");
        }
      }
    }
  }
}
