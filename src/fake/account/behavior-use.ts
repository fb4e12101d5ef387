import type { AgentBehavior } from "../agents/behavior.ts";
import { partsOf } from "../agents/behavior-parts.ts";

/** A behavior, and whose it is in a message. */
export interface OwnedBehavior {
  readonly behavior: AgentBehavior;
  /** Such as a node's id; several nodes may share one behavior. */
  readonly owner: string;
}

/** Which behaviors have come to be, and which of their parts. Told apart by identity: nodes may share one. */
export class BehaviorUse {
  readonly #ran = new Set<AgentBehavior>();
  readonly #chosen = new Map<object, Set<string>>();

  /** Takes note that a process has begun as a behavior says. */
  noteRan(behavior: AgentBehavior): void {
    this.#ran.add(behavior);
  }

  /** Takes note that a part of a behavior was chosen. */
  noteChosen(of: object, key: string): void {
    const keys = this.#chosen.get(of) ?? new Set();
    this.#chosen.set(of, keys.add(key));
  }

  /** The behaviors that no process has begun with, and the parts of the others that were never chosen, each once. */
  unused(owned: readonly OwnedBehavior[]): readonly string[] {
    const owners = new Map<AgentBehavior, string[]>();
    for (const { behavior, owner } of owned) {
      owners.set(behavior, [...(owners.get(behavior) ?? []), owner]);
    }
    return [...owners].flatMap(([behavior, all]) => {
      const [first = "", ...others] = all;
      const whose = others.length === 0 ? first : `${first} and ${others.length} more`;
      if (!this.#ran.has(behavior)) return [`the behavior of ${whose}`];
      return this.#unusedParts(behavior).map((label) => `${label} of ${whose}`);
    });
  }

  clear(): void {
    this.#ran.clear();
    this.#chosen.clear();
  }

  #unusedParts(behavior: AgentBehavior): readonly string[] {
    return partsOf(behavior).flatMap(({ of, key, behavior: part, label }) =>
      this.#chosen.get(of)?.has(key) === true ? this.#unusedParts(part) : [label],
    );
  }
}
