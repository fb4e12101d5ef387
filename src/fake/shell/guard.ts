import { type ChildProcess, spawn } from "node:child_process";
import type { Marks } from "./left-processes.ts";

/**
 * What the guard does. Its input says of which runs it keeps: by the id of the shell, when that started, the limit of its
 * resident memory in bytes, and the folder. The end of the input says that this process is gone: even SIGKILL closes its
 * pipes. Then it kills what is left of each run, and removes the folder.
 */
const SCRIPT = `
started() {
  read -r stat < "/proc/$1/stat" || return
  set -- \${stat##*) }
  echo "\${20}"
}
end() {
  [ -e "/proc/$1" ] && [ "$(started "$1")" != "$2" ] || kill -9 "-$1"
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
}
runs=
while read -r what pid started mark root; do
  case $what in
    keep)
      runs="$runs $pid"
      eval "started_$pid=\\$started mark_$pid=\\$mark root_$pid=\\$root"
      ;;
    drop) unset "root_$pid" ;;
  esac
done
for pid in $runs; do
  eval "started=\\$started_$pid mark=\\$mark_$pid root=\\\${root_$pid-}"
  [ -n "$root" ] || continue
  unset "root_$pid"
  end "$pid" "$started" "$mark" "$root"
done
`;

/** A process that ends what runs have left when this process is gone, however that came. It lives while it keeps one. */
export class Guard {
  #process: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #kept = 0;

  /** Keeps a run with a folder. Returns a function that ends that. */
  keep({ pid, startedAt = 0, mark }: Marks, root: string): () => Promise<void> {
    if (process.platform === "win32" || root.includes("\n")) return async () => {};
    if (this.#kept++ === 0) this.#start();
    this.#tell(`keep ${pid} ${startedAt} ${mark * 1024} ${root}`);
    return async () => {
      this.#tell(`drop ${pid}`);
      if (--this.#kept > 0) return;
      this.#process?.ref();
      this.#process?.stdin?.end();
      this.#process = undefined;
      await this.#ended;
    };
  }

  #start(): void {
    const { guard, ended } = started() ?? { guard: undefined, ended: Promise.resolve() };
    this.#process = guard;
    this.#ended = ended;
  }

  #tell(line: string): void {
    this.#process?.stdin?.write(`${line}\n`);
  }
}

/** Starts the process; undefined if that cannot be, since too many files are open, or too many processes run. */
function started(): { readonly guard: ChildProcess; readonly ended: Promise<void> } | undefined {
  try {
    const guard: ChildProcess = spawn("/bin/sh", ["-c", SCRIPT, "ssm-run-command-guard"], {
      cwd: "/",
      detached: true,
      env: { PATH: process.env["PATH"] },
      stdio: ["pipe", "ignore", "ignore"],
    });
    const ended = new Promise<void>((resolve) => {
      guard.once("exit", () => resolve());
      guard.once("error", () => resolve());
    });
    guard.stdin?.on("error", () => {});
    // Neither it nor its input must keep this process alive.
    guard.unref();
    const input: unknown = guard.stdin;
    if (hasUnref(input)) input.unref();
    return { guard, ended };
  } catch {
    return undefined;
  }
}

function hasUnref(value: unknown): value is { readonly unref: () => void } {
  return typeof value === "object" && value !== null && "unref" in value;
}
