import { RunCommandError } from "./errors.ts";

/**
 * A node that Systems Manager knows but no longer hears from.
 *
 * @inline
 */
export type OfflineNode = {
  /** The node's id. */
  readonly instanceId: string;
  /** `ConnectionLost` or `Inactive`; `""` if the service sent none. */
  readonly pingStatus: string;
  /** When Systems Manager last heard from it, if the service says so. */
  readonly since: Date | undefined;
};

/**
 * Which of some nodes can take commands, as Systems Manager sees them.
 *
 * @inline
 */
export type NodeStanding = {
  /** Ids that it does not know: of another account or region, stopped, or with an agent that never registered. */
  readonly unknown: readonly string[];
  /** Nodes that it knows but no longer hears from. */
  readonly offline: readonly OfflineNode[];
  /** Nodes that can take commands, as far as it knows: minutes may pass before it notices that one is gone. */
  readonly online: readonly string[];
};

/**
 * Some nodes cannot take commands; the message says which ones and why. With `diagnoseNodes` it replaces
 * `InvalidInstanceId`, which is its `cause`; {@link RunCommandClient.waitUntilManaged} rejects with it when its time is up.
 *
 * @example
 * ```ts
 * if (error instanceof NodesUnavailableError) error.unknown; //=> ["i-0123456789abcdef0"]
 * ```
 */
export class NodesUnavailableError extends RunCommandError {
  /** Always `"NodesUnavailableError"`. */
  override readonly name = "NodesUnavailableError";
  /** Ids that Systems Manager does not know. */
  declare readonly unknown: readonly string[];
  /** Nodes that it no longer hears from, and since when. */
  declare readonly offline: readonly OfflineNode[];
  /** Nodes that can take commands, as far as it knows. */
  declare readonly online: readonly string[];

  /**
   * Created by the client, and by tests of your own `catch`.
   *
   * @param what - What happened, as a sentence; the message begins with it.
   * @param facts - The nodes, which the message lists, and the cause.
   */
  constructor(
    what: string,
    {
      standing,
      cause,
    }: {
      /** Which nodes can take commands, and which cannot. */
      readonly standing: NodeStanding;
      /** The refusal, or the error of the last poll. @default none */
      readonly cause?: unknown;
    },
  ) {
    const { unknown, offline, online } = standing;
    const lost = offline.map(
      ({ instanceId, pingStatus, since }) =>
        `${instanceId} (${pingStatus}${since ? `, last heard of at ${since.toISOString()}` : ""})`,
    );
    const facts = [
      ["Unknown (other account or region, stopped, never registered)", unknown],
      ["Offline", lost],
      ["Online (a loss shows minutes later)", online],
    ] as const;
    const sentences = facts.flatMap(([fact, nodes]) =>
      nodes.length === 0 ? [] : ` ${fact}: ${nodes.join(", ")}.`,
    );
    super(what + sentences.join(""), { cause });
    this.unknown = unknown;
    this.offline = offline;
    this.online = online;
  }
}
