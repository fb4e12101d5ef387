import { spawn } from "node:child_process";
import type { Marks } from "./left-processes.ts";

/** A process that ends what a run has left when this process is gone, however that came. */
export interface Guard {
  /** Ends the guard, when there is nothing left. */
  dismiss(): Promise<void>;
}

/**
 * What the guard does. A line on its standard input dismisses it. Without one, the end of the input says that this process is
 * gone: even SIGKILL closes its pipes. Then it kills the group `$1` of a shell that started at `$2`, and what has the limit
 * `$3` on its resident memory, and removes the folder `$4`.
 */
const SCRIPT = `
read -r dismissed && exit
started() {
  read -r stat < "/proc/$1/stat" || return
  set -- \${stat##*) }
  echo "\${20}"
}
[ -e "/proc/$1" ] && [ "$(started "$1")" != "$2" ] || kill -9 -- "-$1"
for round in 1 2 3 4 5; do
  left=$(grep -ls "^Max resident set  *$3 " /proc/[0-9]*/limits)
  [ -n "$left" ] || break
  for file in $left; do
    pid=\${file#/proc/}
    kill -9 "\${pid%/limits}"
  done
done
chmod -R u+rwX "$4"
rm -rf -- "$4"
`;

/** Starts a guard for a run with a folder; undefined where there is no shell for it, or nothing can be started. */
export function startGuard(marks: Marks, root: string): Guard | undefined {
  if (process.platform === "win32") return undefined;
  try {
    return started(marks, root);
  } catch {
    // Too many files are open, or too many processes run. The script goes on without a guard.
    return undefined;
  }
}

function started({ pid, startedAt, mark }: Marks, root: string): Guard | undefined {
  const numbers = [pid, startedAt ?? "", mark * 1024].map(String);
  const guard = spawn("/bin/sh", ["-c", SCRIPT, "ssm-run-command-guard", ...numbers, root], {
    cwd: "/",
    detached: true,
    env: { PATH: process.env["PATH"] },
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = new Promise<void>((resolve) => {
    guard.once("exit", () => resolve());
    guard.once("error", () => resolve());
  });
  // It must not keep this process alive.
  guard.unref();
  const stdin: typeof guard.stdin | undefined = guard.stdin;
  // Without free files, Node.js makes a process that has no input, and will have an error.
  if (stdin === undefined) return undefined;
  stdin.on("error", () => {});
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return {
    dismiss: () => {
      guard.ref();
      stdin.end("dismissed\n");
      return ended;
    },
  };
}
