import type { CommandRecord } from "./command-record.ts";

/** The commands of the account: by id, in the order of sending, and in the order in which their records were made. */
export class CommandStore {
  readonly #byId = new Map<string, CommandRecord>();
  readonly #sent: CommandRecord[] = [];
  readonly #recorded: CommandRecord[] = [];

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

  add(command: CommandRecord): void {
    this.#byId.set(command.commandId, command);
    this.#sent.push(command);
  }

  addRecorded(command: CommandRecord): void {
    this.#recorded.push(command);
  }

  clear(): void {
    this.#byId.clear();
    this.#sent.length = 0;
    this.#recorded.length = 0;
  }
}
