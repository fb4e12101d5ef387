import { checkOptions } from "../../domain/options.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { NODE_OPTIONS } from "./check-node.ts";
import { type FakeNode, ManagedNode, type NodeEvents, type NodeOptions } from "./node.ts";

/**
 * The nodes of the fake.
 *
 * @example
 * ```ts
 * fake.nodes.add({ tags: { Role: "db" }, agent: "unreachable" });
 * fake.nodes.list().map(({ instanceId }) => instanceId); //=> ["i-0123456789abcdef0", "i-00000000000000001"]
 * fake.nodes.get("i-00000000000000001")?.comeBack();
 * ```
 */
export interface FakeNodes {
  /**
   * Adds a node. Commands whose targets are not known yet can still choose it.
   *
   * @param options - Its id, tags, behavior and so on; all of them have a default.
   * @throws Error for an id that is taken; TypeError for an id that AWS would refuse, or another option that is not valid.
   *
   * @example
   * ```ts
   * const node = fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ after: "90s" }) });
   * node.instanceId; //=> "i-00000000000000001"
   * ```
   */
  add(options?: NodeOptions): FakeNode;
  /** The node with this id, if there is one. */
  get(instanceId: string): FakeNode | undefined;
  /** All nodes, in the order in which they were added. */
  list(): readonly FakeNode[];
}

/** The nodes as the account keeps them. */
export class Nodes implements FakeNodes {
  readonly #nodes = new Map<string, ManagedNode>();
  readonly #removed = new Map<string, ManagedNode>();
  readonly #events: NodeEvents;
  readonly #defaultBehavior: AgentBehavior;
  #count = 0;

  constructor(defaultBehavior: AgentBehavior, events: NodeEvents) {
    this.#defaultBehavior = defaultBehavior;
    this.#events = events;
  }

  add(options: NodeOptions = {}): ManagedNode {
    checkOptions(options, NODE_OPTIONS, "fake.nodes.add()");
    this.#events.beforeChange();
    const instanceId = options.instanceId ?? this.#nextId();
    const { behavior = this.#defaultBehavior } = options;
    if (this.#nodes.has(instanceId)) {
      throw new Error(
        `The fake has a node ${instanceId} already. Leave the id out, and the fake makes one, or change the node that is there.`,
      );
    }
    const node = new ManagedNode({ ...options, instanceId, behavior }, this.#events);
    this.#nodes.set(instanceId, node);
    return node;
  }

  get(instanceId: string): ManagedNode | undefined {
    return this.#nodes.get(instanceId);
  }

  list(): readonly ManagedNode[] {
    return [...this.#nodes.values()];
  }

  /** Removes this very node, if the account has it; its name stays known. */
  delete(node: ManagedNode): boolean {
    if (this.#nodes.get(node.instanceId) !== node) return false;
    this.#removed.set(node.instanceId, node);
    return this.#nodes.delete(node.instanceId);
  }

  /** The name of a node, even of one that was removed. */
  nameOf(instanceId: string): string {
    return (this.#nodes.get(instanceId) ?? this.#removed.get(instanceId))?.name ?? "";
  }

  clear(): void {
    this.#nodes.clear();
    this.#removed.clear();
    this.#count = 0;
  }

  #nextId(): string {
    let id: string;
    do id = `i-${(++this.#count).toString(16).padStart(17, "0")}`;
    while (this.#nodes.has(id));
    return id;
  }
}
