import { INVOCATION_DETAILS } from "../../domain/status.ts";
import { type CommandRecord, indexOfNode } from "./command-record.ts";

/** What a call says of the command that it is about. */
export interface NamedCommand {
  readonly commandId?: string;
  readonly instanceId?: string;
}

/** The commands of the account: by id, in the order of sending, and in the order in which their records were made. */
export class CommandStore {
  readonly #byId = new Map<string, CommandRecord>();
  readonly #sent: CommandRecord[] = [];
  readonly #recorded: CommandRecord[] = [];
  /** The ids of those that are open. */
  readonly #open = new Set<string>();

  /** Oldest first. */
  get sent(): readonly CommandRecord[] {
    return this.#sent;
  }

  /** Those whose invocation records exist, in the order in which the records were made. */
  get recorded(): readonly CommandRecord[] {
    return this.#recorded;
  }

  get(commandId: string): CommandRecord | undefined {
    return this.#byId.get(commandId);
  }

  /**
   * The id of a command that is open: of the one that is named, unless it is over on the node that is named; the oldest if
   * none is named, or one that does not exist.
   */
  openId({ commandId, instanceId }: NamedCommand = {}): string | undefined {
    const named = commandId === undefined ? undefined : this.#byId.get(commandId);
    if (named !== undefined) return this.#isOpen(named, instanceId) ? commandId : undefined;
    const [oldest] = this.#open;
    return oldest;
  }

  add(command: CommandRecord): void {
    this.#byId.set(command.commandId, command);
    this.#sent.push(command);
    this.#open.add(command.commandId);
  }

  /** Takes note that a command is over. */
  end({ commandId }: Pick<CommandRecord, "commandId">): void {
    this.#open.delete(commandId);
  }

  addRecorded(command: CommandRecord): void {
    this.#recorded.push(command);
  }

  clear(): void {
    this.#byId.clear();
    this.#sent.length = 0;
    this.#recorded.length = 0;
    this.#open.clear();
  }

  /** Whether a command is open, on a node if one is named. */
  #isOpen(command: CommandRecord, instanceId: string | undefined): boolean {
    if (!this.#open.has(command.commandId)) return false;
    const invocation =
      instanceId === undefined ? undefined : command.invocations[indexOfNode(command, instanceId)];
    return invocation === undefined || !INVOCATION_DETAILS[invocation.detail].terminal;
  }
}
