import { spawn } from "node:child_process";

/** The result of a program. */
export interface Ended {
  readonly exitCode: number;
  /** Both streams, in this order. */
  readonly output: string;
}

/** Runs a program to its end. One that takes longer than `timeout` is ended, with all that it has started. */
export function runProgram(
  program: string,
  args: readonly string[],
  {
    cwd,
    env,
    timeout,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly timeout: number },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    // With a group of its own: npm starts a shell, which starts a runner, which starts workers.
    const child = spawn(program, args, { cwd, env, stdio, detached: true });
    const written = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (piece: string) => {
      written.stdout += piece;
    });
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      written.stderr += piece;
    });
    const endGroup = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // All of it has ended.
      }
    };
    const timer = setTimeout(() => {
      written.stderr += `\nEnded after ${timeout / 1_000} s.\n`;
      endGroup();
    }, timeout);
    process.once("exit", endGroup);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      process.off("exit", endGroup);
      resolve({ exitCode: code ?? 1, output: written.stdout + written.stderr });
    });
  });
}
