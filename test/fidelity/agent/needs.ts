import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { matching } from "../shape.ts";

/** What a machine has, as far as cases ask for it. */
export interface Machine {
  /** Whether it has a program of that name. */
  hasProgram(name: string): boolean;
  /** What `/bin/sh` really is, such as `dash`; undefined where it does not exist. */
  shell(): string | undefined;
}

/** A need as cases write it: a program that has to exist, one that must not, or what `/bin/sh` has to be. */
export const checkNeed = matching(
  /^(?:!?[\w.+-]+|sh=[\w.+-]+)$/,
  'a need such as "awk", "!pwsh" or "sh=dash"',
);

/** Why a case cannot be run on a machine: the first of its needs that is not met, or undefined. */
export function unmetNeed(
  needs: readonly string[] | undefined,
  machine: Machine,
): string | undefined {
  for (const need of needs ?? []) {
    const why = lackOf(need, machine);
    if (why !== undefined) return why;
  }
  return undefined;
}

function lackOf(need: string, machine: Machine): string | undefined {
  if (need.startsWith("sh=")) {
    const [wanted, shell] = [need.slice("sh=".length), machine.shell()];
    if (shell === wanted) return undefined;
    return `needs a /bin/sh that is ${wanted}, and here it is ${shell ?? "missing"}`;
  }
  if (need.startsWith("!")) {
    const unwanted = need.slice(1);
    const has = machine.hasProgram(unwanted);
    return has ? `needs a machine without ${unwanted}, which this machine has` : undefined;
  }
  return machine.hasProgram(need) ? undefined : `needs ${need}, which this machine lacks`;
}

/** The machine that this runs on; programs are looked up in a `PATH`. */
export function thisMachine(path = process.env["PATH"] ?? ""): Machine {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return {
    hasProgram: (name) => folders.some((folder) => isProgram(join(folder, name))),
    shell() {
      try {
        return basename(realpathSync("/bin/sh"));
      } catch {
        return undefined;
      }
    },
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
