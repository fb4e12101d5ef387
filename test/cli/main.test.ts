import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import type { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;

/** The program as a process of its own, listening; real, because signals are about processes. */
async function aProcess() {
  const args = ["--import", "tsx", MAIN, "serve", "--port", "0"];
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [first] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, first: String(first) };
}

describe("the process", { timeout: 30_000 }, () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "ends with 0 at a %s, also with a connection that is open",
    async (signal) => {
      const { child, first } = await aProcess();
      const socket = connect(Number(first.trim().split(":").at(-1)), "127.0.0.1");
      socket.on("error", () => {});
      await once(socket, "connect");
      child.kill(signal);
      const [exitCode] = await once(child, "exit");
      expect(exitCode).toBe(0);
    },
  );

  it("writes one line to stdout", async () => {
    const { first } = await aProcess();
    expect(first).toMatch(/^ssm-run-command is listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  });
});
