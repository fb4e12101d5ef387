import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { chmod, lstat, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "../../time/clock.ts";
import { errorAsGo } from "./go-words.ts";

/** Where the script of a run lies. */
export interface ScriptFolder {
  /** The folder that is this run's alone, by its real path. */
  readonly root: string;
  /** The folder of the step, below it, as on a node. */
  readonly path: string;
  readonly file: string;
}

/** A script that could not be put into its file. */
export class ScriptFolderError extends Error {
  override readonly name = "ScriptFolderError";
  /** What the agent says [agent-run-script]. */
  readonly asAgent: string;

  constructor(message: string, asAgent: string) {
    super(message);
    this.asAgent = asAgent;
  }
}

/**
 * Puts a script into a file of its own, which may be executed.
 *
 * All at once: a file that is open for writing while another process is started cannot be executed ("text file busy"), so
 * nothing of this process may happen in between.
 *
 * @param parent - The folder for temporary files. It is made if it does not exist.
 * @param folder - The folder of the step, as on a node.
 * @throws ScriptFolderError, when nothing of it is left.
 */
export function makeScriptFolder(
  script: string,
  { parent = tmpdir(), folder, fileName }: Place,
): ScriptFolder {
  const wanted = join(parent, folder);
  const root = asking(() => makeRoot(parent), {
    what: `The folder of a script could not be made in ${parent}`,
    advice: " Give runsInShell({ folder }) a folder that can be written to.",
    asAgent: () => `failed to create orchestrationDir directory, ${wanted}`,
  });
  const path = join(root, folder);
  const file = join(path, fileName);
  try {
    asking(() => mkdirSync(path, { recursive: true, mode: 0o700 }), {
      what: `The folder ${path} could not be made`,
      asAgent: () => `failed to create orchestrationDir directory, ${path}`,
    });
    asking(() => writeScript(file, script), {
      what: `The script ${file} could not be written`,
      asAgent: (why) => `failed to create script file. open ${file}: ${why}`,
    });
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
  return { root, path, file };
}

interface Place {
  readonly parent?: string | undefined;
  readonly folder: string;
  readonly fileName: string;
}

interface Asking {
  readonly what: string;
  readonly advice?: string;
  readonly asAgent: (why: string) => string;
}

function asking<T>(work: () => T, { what, asAgent, advice = "" }: Asking): T {
  try {
    return work();
  } catch (error) {
    const why = errorAsGo(error);
    throw new ScriptFolderError(`${what}: ${why}.${advice}`, asAgent(why));
  }
}

function makeRoot(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return realpathSync(mkdtempSync(join(parent, "ssm-run-command-")));
}

function writeScript(file: string, script: string): void {
  writeFileSync(file, script);
  // Not as a mode of the write, which the mask of this process would change.
  chmodSync(file, 0o700);
}

/** Whether the folder lets no file be executed, as one does that is mounted with `noexec`. */
export function refusesExecution(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return false;
  } catch {
    return true;
  }
}

/**
 * Removes the folder of a run. Where a script has left nothing in it, that is done at once.
 *
 * @throws (as a rejection) the error of the last try.
 */
export async function removeScriptFolder({ root, path, file }: ScriptFolder): Promise<void> {
  try {
    unlinkSync(file);
    for (let folder = path; ; folder = dirname(folder)) {
      rmdirSync(folder);
      if (folder === root) return;
    }
  } catch {
    await removeFolder(root);
  }
}

/** How often a folder is tried again into which something is still being written, and after how long. */
const TRIES = 4;
const TRY_AGAIN_AFTER = "20ms";

/**
 * Removes a folder with all that is in it, read-only folders (as caches of modules have them) included.
 *
 * @throws (as a rejection) the error of the last try.
 */
export async function removeFolder(root: string): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      await rm(root, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 1) throw error;
      // Whatever the error is called: where a folder may not be read, that differs.
      await makeWritable(root);
      await systemClock.sleep(TRY_AGAIN_AFTER);
    }
  }
}

/** Lets this user remove what lies in a folder. Links are not followed. */
async function makeWritable(folder: string): Promise<void> {
  try {
    if (!(await lstat(folder)).isDirectory()) return;
    await chmod(folder, 0o700);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
    }
  } catch {
    // It is gone, or somebody else's: the next try of the removal tells.
  }
}
