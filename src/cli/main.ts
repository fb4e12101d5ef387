#!/usr/bin/env node
import { runCli } from "./run-cli.ts";

// The SDK's warning that it will need a newer Node does not help users of this program.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

// The program goes on when nothing reads its log any more.
process.stderr.on("error", () => {});

const stopping = new AbortController();
process.exitCode = await runCli(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  stopped: () =>
    new Promise((resolve) => {
      stopping.signal.addEventListener("abort", () => resolve(), { once: true });
      process.once("SIGINT", () => stopping.abort());
      process.once("SIGTERM", () => stopping.abort());
    }),
});
// Anything that still runs after a signal, such as a script that does not end, must not keep the process alive.
if (stopping.signal.aborted) process.exit();
