import { rmSync } from "node:fs";
import { realTime } from "../../time/clock.ts";
import type { PluginRun } from "../agents/behavior.ts";
import { errorAsGo } from "./go-words.ts";
import type { Guard } from "./guard.ts";
import { killerOf, killGroup, leftAmong, type Marks, markOf, marksOf } from "./left-processes.ts";
import { whenProcessEnds } from "./process-end.ts";
import { type ProcessTable, processesSince } from "./process-table.ts";
import { removeScriptFolder, type ScriptFolder } from "./script-folder.ts";

/** After how many milliseconds a script gets a guard; most have ended by then (our decision). */
const GUARDED_AFTER_MS = 50;

/** How often processes are killed that do not end, and how long each time is waited for them, in milliseconds. */
const ROUNDS = 40;
const ROUND_MS = 5;
const KILL_ROUNDS = 10;

type Settling = Pick<PluginRun, "signal" | "warn" | "whenFakeEnds">;

/** What all runs of one behavior share. */
export interface Keepers {
  readonly table: ProcessTable;
  readonly guard: Guard;
}

/**
 * What a run leaves: its folder, and processes that live on after its script. All of it ends with the fake, or with this
 * process.
 */
export class Remains {
  /** The mark that all its processes have to have. */
  readonly mark: number;
  readonly #folder: ScriptFolder;
  readonly #keepers: Keepers;
  readonly #withdraw: () => void;
  #marks: Marks | undefined;
  #dismiss: (() => Promise<void>) | undefined;
  #stopArming = () => {};

  /** @param folder - The folder of the run, which exists. */
  constructor(folder: ScriptFolder, keepers: Keepers) {
    this.mark = markOf(folder.root);
    this.#folder = folder;
    this.#keepers = keepers;
    this.#withdraw = whenProcessEnds(() => this.#endWithProcess());
  }

  /** Keeps track of the processes of a shell that has just been started. */
  begin(pid: number): void {
    this.#marks = marksOf(pid, this.mark);
    this.#stopArming = realTime.after(GUARDED_AFTER_MS, () => this.#arm(), { background: true });
  }

  /** Kills the script and its group. */
  kill(): void {
    if (this.#marks !== undefined) killGroup(this.#marks);
  }

  /** Removes the folder when the script has ended. What lives on, or cannot be removed, is left for the end of the fake. */
  async settle({ signal, warn, whenFakeEnds }: Settling): Promise<void> {
    this.#stopArming();
    // What was killed takes a moment to end.
    if (signal.aborted) await this.#untilKilled();
    const isAlive = this.#left().length > 0;
    const why = await this.#whyFolderStays();
    if (!isAlive && why === undefined) return this.#forget();
    if (isAlive) this.#arm();
    else if (why !== undefined) warn(`${why} It is tried again when the fake ends.`);
    whenFakeEnds(() => this.#end());
  }

  #arm(): void {
    if (this.#marks === undefined) return;
    this.#dismiss ??= this.#keepers.guard.keep(this.#marks, this.#folder.root);
  }

  async #end(): Promise<void> {
    const left = await this.#endProcesses();
    if (left.length > 0) {
      console.warn(
        `Processes that a script in runsInShell() has left could not be ended: ${left.join(", ")}. End them yourself.`,
      );
    }
    const why = await this.#whyFolderStays();
    if (why !== undefined) console.warn(`${why} Remove it yourself.`);
    await this.#forget();
  }

  /** Kills all processes of the run. Returns those that do not end. */
  async #endProcesses(): Promise<readonly number[]> {
    if (this.#marks === undefined) return [];
    const killed = killerOf(this.#marks);
    let left = killed(await this.#keepers.table.look());
    for (let round = 0; round < ROUNDS && left.length > 0; round++) {
      await realTime.sleep(ROUND_MS);
      left = killed(await this.#keepers.table.look());
    }
    return left;
  }

  /** Waits until what the agent has killed has ended, but not for what lives on in a session of its own. */
  async #untilKilled(): Promise<void> {
    for (let round = 0; round < KILL_ROUNDS; round++) {
      if (this.#left().length === 0) return;
      await realTime.sleep(ROUND_MS);
    }
  }

  /** The processes that a script has left that has just ended. */
  #left(): readonly number[] {
    return this.#marks === undefined ? [] : leftAmong(processesSince(this.#marks.pid), this.#marks);
  }

  async #whyFolderStays(): Promise<string | undefined> {
    try {
      await removeScriptFolder(this.#folder);
      return undefined;
    } catch (error) {
      return `The folder ${this.#folder.root} of a script in runsInShell() could not be removed: ${errorAsGo(error)}.`;
    }
  }

  async #forget(): Promise<void> {
    this.#withdraw();
    await this.#dismiss?.();
  }

  /** All at once: nothing that is begun now would be finished. What this does not end, the guard does. */
  #endWithProcess(): void {
    if (this.#marks !== undefined) {
      const killed = killerOf(this.#marks);
      for (let round = 0; round < ROUNDS && killed().length > 0; round++) pauseAtOnce();
    }
    try {
      rmSync(this.#folder.root, { recursive: true, force: true });
    } catch {
      // Nobody is left who could be told.
    }
  }
}

/** A pause in which nothing else of this process happens. */
function pauseAtOnce(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ROUND_MS);
}
