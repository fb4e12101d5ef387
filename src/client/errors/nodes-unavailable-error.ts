import { RunCommandError } from "./errors.ts";

/**
 * A node that Systems Manager knows, and does not hear of.
 *
 * @inline
 */
export type OfflineNode = {
  /** Its id. */
  readonly instanceId: string;
  /** `ConnectionLost` or `Inactive`; `""` if the service sent none. */
  readonly pingStatus: string;
  /** When it was last heard of, if the service says so. */
  readonly since: Date | undefined;
};

/**
 * How nodes stand with Systems Manager.
 *
 * @example
 * ```ts
 * const waiting = runCommand.waitUntilManaged([instanceId, "i-00000000000000007"], { timeout: "1m" });
 * const show = ({ unknown, offline, online }: NodeStanding) => ({ unknown, offline, online });
 * await waiting.catch((error: NodesUnavailableError) => show(error));
 * //=> { unknown: ["i-00000000000000007"], offline: [], online: ["i-0123456789abcdef0"] }
 * ```
 */
export interface NodeStanding {
  /** Ids that it does not know: another account or region, stopped, or an agent that never registered. */
  readonly unknown: readonly string[];
  /** Those that it has lost. */
  readonly offline: readonly OfflineNode[];
  /** Those that can take commands, as far as it knows: minutes may pass before it notices that one is gone. */
  readonly online: readonly string[];
}

/**
 * Some nodes cannot take commands, and the message says which ones and why. With `diagnoseNodes` it takes the place of
 * `InvalidInstanceId`, which is its `cause`; {@link RunCommandClient.waitUntilManaged} ends with it when time is up.
 *
 * @example
 * ```ts
 * if (error instanceof NodesUnavailableError) error.unknown; //=> ["i-0123456789abcdef0"]
 * ```
 */
export class NodesUnavailableError extends RunCommandError implements NodeStanding {
  /** Always `"NodesUnavailableError"`. */
  override readonly name = "NodesUnavailableError";
  /** Ids that Systems Manager does not know. */
  readonly unknown: readonly string[];
  /** Nodes that it has lost, and since when. */
  readonly offline: readonly OfflineNode[];
  /** Nodes that are fine, as far as it knows. */
  readonly online: readonly string[];

  /**
   * As the client makes it, and as tests of your own `catch` can.
   *
   * @param what - What came of it, as a sentence: the message begins with it.
   * @param facts - How the nodes stand; the message lists them.
   */
  constructor(
    what: string,
    {
      standing,
      cause,
    }: {
      /** How each node stands. */
      readonly standing: NodeStanding;
      /** The refusal, or the trouble of the last look. @default none */
      readonly cause?: unknown;
    },
  ) {
    const { unknown, offline, online } = standing;
    const lost = offline.map(
      ({ instanceId, pingStatus, since }) =>
        `${instanceId} (${pingStatus}${since ? `, last heard of at ${since.toISOString()}` : ""})`,
    );
    const facts = [
      ["Unknown (other account or region, stopped, or never registered)", unknown],
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
