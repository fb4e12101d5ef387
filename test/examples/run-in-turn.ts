// Runs examples one after the other in this process, which saves the start of one for each. Each has the arguments and the
// environment that it would have alone; their results are printed as JSON. The process has to end by itself.
import type { ExampleResult, Turn } from "./run-example.ts";

// Written by runInTurn().
const turns = JSON.parse(process.argv[2] ?? "[]") as readonly Turn[];
const write = process.stdout.write.bind(process.stdout);
const results: ExampleResult[] = [];
for (const { file, args, env } of turns) {
  const printed: string[] = [];
  process.stdout.write = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  process.argv = [process.execPath, file, ...args];
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const stderr = await import(new URL(`../../examples/${file}`, import.meta.url).href).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  results.push({
    exitCode: stderr === undefined ? 0 : 1,
    stdout: printed.join(""),
    stderr: stderr ?? "",
  });
}
process.stdout.write = write;
console.log(JSON.stringify(results));
