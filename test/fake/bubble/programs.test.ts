import { type ExecFileException, execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs a program in a Node of its own, with a bubble at hand. It must end by itself. */
async function program(code: string) {
  const given = `
    import { setTimeout as sleep } from "node:timers/promises";
    import { FakeSsm, VirtualClock } from "ssm-run-command/fake";
    import { inVirtualTime } from "ssm-run-command/fake/node";
    const kept = { setTimeout, setInterval };
    const fake = new FakeSsm();
    ${code}`;
  const args = ["--import", "tsx", "--input-type=module", "--eval", given];
  try {
    const { stdout, stderr } = await run(process.execPath, args, {
      cwd: REPOSITORY,
      timeout: 30_000,
    });
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    // execFile rejects with nothing else, and promisify adds both streams.
    const { code: exitCode, stdout, stderr } = error as ExecFileException;
    return { exitCode, stdout: stdout ?? "", stderr: stderr ?? "" };
  }
}

describe.concurrent("a program of Node with a bubble", () => {
  it("is ended by what a callback of a timer throws, as ever", async () => {
    const { exitCode, stderr } = await program(`
      await inVirtualTime(fake, async () => {
        setTimeout(() => { throw new Error("thrown by a callback"); }, 1_000);
        await sleep(5_000);
      });
      console.log("not reached");`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("thrown by a callback");
  });

  it("hears of it as an uncaught exception, also from a timer that was taken over", async () => {
    const { stdout } = await program(`
      process.on("uncaughtException", ({ message }) => console.log("caught", message));
      await inVirtualTime(fake, async () => {
        setTimeout(() => { throw new Error("first"); }, 1_000);
        kept.setTimeout(() => { throw new Error("second"); }, 2_000);
        let n = 0;
        const interval = setInterval(() => { if (++n === 2) clearInterval(interval); throw new Error("each"); }, 2_500);
        setTimeout(async () => { await Promise.reject(new Error("rejected")); }, 6_000);
        await sleep(9_000);
      });`);
    expect(stdout.trim().split("\n")).toEqual([
      "caught first",
      "caught second",
      "caught each",
      "caught each",
      "caught rejected",
    ]);
  });

  it("ends when its code has ended, whatever timers the bubble left", async () => {
    const { exitCode, stdout } = await program(`
      await inVirtualTime(fake, () => {
        setInterval(() => {}, 1_000);
        kept.setInterval(() => {}, 1_000);
        void sleep(3_600_000);
      });
      process.on("exit", () => console.log("ended"));`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "ended\n" });
  });

  it("has its own functions back in every module that imported them by name", async () => {
    const { stdout } = await program(`
      await inVirtualTime(fake, () => sleep(3_600_000));
      const startedAt = process.hrtime.bigint();
      await sleep(30);
      console.log(process.hrtime.bigint() - startedAt > 25_000_000n);`);
    expect(stdout).toBe("true\n");
  });

  it("is not held up by what it prints, also where that goes to a pipe", async () => {
    const { stdout } = await program(`
      const startedAt = process.hrtime.bigint();
      await inVirtualTime(fake, async () => {
        for (let n = 0; n < 20; n++) {
          process.stdout.write("still running ");
          await sleep(60_000);
        }
      });
      console.log(process.hrtime.bigint() - startedAt < 2_000_000_000n);`);
    expect(stdout).toMatch(/^(?:still running ){20}true\n$/);
  });

  it("keeps the time-outs of its own requests, which all code shares (real: 1.5 s)", async () => {
    const { stdout } = await program(`
      import http from "node:http";
      let isSlow = false;
      const server = http.createServer((_, response) => {
        if (isSlow) response.write("half");
        else response.end("whole");
      });
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      const url = "http://127.0.0.1:" + server.address().port;
      console.log(await inVirtualTime(fake, async () => (await fetch(url)).text()));
      isSlow = true;
      const { constructor: Agent } = globalThis[Symbol.for("undici.globalDispatcher.1")];
      const half = await fetch(url, { dispatcher: new Agent({ bodyTimeout: 1_100 }) });
      await half.text().catch(({ cause }) => console.log(cause.name));
      process.exit();`);
    expect(stdout).toBe("whole\nBodyTimeoutError\n");
  });

  it("is told of a loop that waits for what never comes (real: 4 s)", async () => {
    const { stdout, stderr } = await program(`
      setTimeout(() => { console.log("real time goes on"); process.exit(); }, 4_000);
      await inVirtualTime(fake, async () => { for (;;) await sleep(1_000); });`);
    expect(stdout).toBe("real time goes on\n");
    expect(stderr).toContain("nothing but timers has run for");
  });

  it("is told nothing when callbacks of an interval take their time (real: 2.2 s)", async () => {
    const { stdout, stderr } = await program(`
      const realMs = () => Number(process.hrtime.bigint() / 1_000_000n);
      const busyFor = (ms) => { for (const end = realMs() + ms; realMs() < end; ); };
      await inVirtualTime(fake, () => new Promise((resolve) => {
        let runs = 0;
        setInterval(() => { busyFor(100); if (++runs === 22) resolve(); }, 1_000);
      }));
      console.log("done");`);
    expect([stdout, stderr]).toEqual(["done\n", ""]);
  });

  it("is told of intervals that run on for ever, while its real timers go on (real: 4 s)", async () => {
    const { stdout, stderr } = await program(`
      setTimeout(() => { console.log("real time goes on"); process.exit(); }, 4_000);
      await inVirtualTime(fake, () => new Promise(() => setInterval(() => {}, 1_000)));`);
    expect(stdout).toBe("real time goes on\n");
    expect(stderr).toContain("nothing but intervals has run for");
  });
});
