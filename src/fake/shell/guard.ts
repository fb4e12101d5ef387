import { spawn } from "node:child_process";
import { MARK_FD, type Marks } from "./left-processes.ts";

/** A process that ends what a run has left when this process is gone, however that came. */
export interface Guard {
  /** Ends the guard, when there is nothing left. */
  dismiss(): Promise<void>;
}

/**
 * What the guard does. A line on its standard input dismisses it. Without one, the end of the input says that this process is
 * gone: even SIGKILL closes its pipes. Then it kills the group `$1` and what has inherited the folder `$2`, and removes that.
 */
const SCRIPT = `
read -r dismissed && exit
kill -9 -- "-$1"
for round in 1 2 3 4 5; do
  left=$(ls -l /proc/[0-9]*/fd/${MARK_FD} | while read -r line; do
    case $line in
      *" -> $2" | *" -> $2 (deleted)") line=\${line#*/proc/}; echo "\${line%%/*}" ;;
    esac
  done)
  [ -n "$left" ] || break
  kill -9 $left
done
chmod -R u+rwX "$2"
rm -rf -- "$2"
`;

/** Starts a guard; undefined where there is no shell for it, or nothing can be started. */
export function startGuard(marks: Marks): Guard | undefined {
  if (process.platform === "win32") return undefined;
  try {
    return started(marks);
  } catch {
    // Too many files are open, or too many processes run. The script goes on without a guard.
    return undefined;
  }
}

function started({ pid, root }: Marks): Guard {
  const guard = spawn("/bin/sh", ["-c", SCRIPT, "ssm-run-command-guard", String(pid), root], {
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
  const { stdin } = guard;
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
