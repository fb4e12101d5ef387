// What HTTP costs: from the start of the built program to its first answer, and requests per second on keep-alive
// connections, beside a bare `node:http` server that answers a constant of the same size. Both servers are processes of
// their own, and take turns. Run it with `npm run build && npm run bench:http`. Machines are noisy: read the ratio.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AnsweredConnection } from "./answered-connection.ts";

const [MAIN = "dist/cli/main.js"] = process.argv.slice(2);
const STARTS = 5;
const ROUNDS = 7;
const ROUND_MS = 500;
const CONNECTIONS = [1, 8];
const INSTANCE_ID = "i-00000000000000001";

/** Sends as many bytes as its path says, once the request is read. Prints where it listens. */
const BARE_SERVER = `
const http = require("node:http");
const bodies = new Map();
const server = http.createServer((request, response) => {
  const size = Number(request.url.slice(1));
  if (!bodies.has(size)) bodies.set(size, Buffer.alloc(size, 32));
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1", "content-length": size });
    response.end(bodies.get(size));
  });
});
server.listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port));
`;

interface Serving {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
}

/** A request as the bytes that go over the wire. */
interface WireBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

if (!existsSync(MAIN)) {
  console.error(`There is no ${MAIN}. Run \`npm run build\` first.`);
  process.exit(1);
}
const folder = await mkdtemp(join(tmpdir(), "bench-http-"));
try {
  const fleet = join(folder, "fleet.json");
  await writeFile(fleet, JSON.stringify({ nodes: [{ instanceId: INSTANCE_ID }] }));
  const program = [MAIN, "serve", "--port", "0", "--log", "none", "--fleet", fleet];
  const bare = ["-e", BARE_SERVER];
  await compareStarts(program, bare);
  await compareRates(program, bare);
} finally {
  await rm(folder, { recursive: true });
}

async function compareStarts(program: readonly string[], bare: readonly string[]) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    ours.push(await startedIn(program));
    theirs.push(await startedIn(bare));
  }
  const ratio = (median(ours) / median(theirs)).toFixed(1);
  console.log(
    `From the start to the first answer, median of ${STARTS}: ${median(ours).toFixed(0)} ms; a bare server ${median(theirs).toFixed(0)} ms; ratio ${ratio}\n`,
  );
}

async function startedIn(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const { port, stop } = await serving(args);
  await answerTo(port, callOf("ListCommands", {}));
  const took = performance.now() - startedAt;
  await stop();
  return took;
}

async function compareRates(program: readonly string[], bare: readonly string[]) {
  const ours = await serving(program);
  const theirs = await serving(bare);
  console.log("operation             connections  requests/s  bare requests/s  ratio  bytes");
  for (const request of await requests(ours.port)) {
    const { byteLength } = await answerTo(ours.port, request);
    const constant = { name: `${byteLength}`, bytes: atPath(request, `/${byteLength}`) };
    for (const connections of CONNECTIONS) {
      const fast: number[] = [];
      const bareFast: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        fast.push(await ratePerSecond(ours.port, { request, connections }));
        bareFast.push(await ratePerSecond(theirs.port, { request: constant, connections }));
      }
      const cells = [
        request.name.padEnd(21),
        String(connections).padStart(11),
        median(fast).toFixed(0).padStart(11),
        median(bareFast).toFixed(0).padStart(16),
        (median(bareFast) / median(fast)).toFixed(2).padStart(6),
        String(byteLength).padStart(6),
      ];
      console.log(cells.join(" "));
    }
  }
  await Promise.all([ours.stop(), theirs.stop()]);
}

/** The requests that are measured: one asks for an invocation that is over. */
async function requests(port: number): Promise<readonly WireBytes[]> {
  const send = callOf("SendCommand", {
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["uptime"] },
    InstanceIds: [INSTANCE_ID],
  });
  const { Command } = JSON.parse((await answerTo(port, send)).toString()) as {
    Command: { CommandId: string };
  };
  const look = callOf("GetCommandInvocation", {
    CommandId: Command.CommandId,
    InstanceId: INSTANCE_ID,
  });
  const patience = performance.now() + 20_000;
  while (!(await answerTo(port, look)).includes('"Success"')) {
    if (performance.now() > patience) throw new Error("The command does not end.");
  }
  return [look, send];
}

/** A process that has printed where it listens. */
async function serving(args: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
  });
  const [line] = await Promise.race([
    once(child.stdout.setEncoding("utf8"), "data"),
    once(child, "exit"),
  ]);
  const port = Number(String(line).trim().split(":").at(-1));
  if (!(port > 0)) throw new Error(`The server did not start: ${args.slice(0, 2).join(" ")}`);
  return { port, stop: () => ended(child) };
}

function ended(child: ChildProcess): Promise<unknown> {
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  return exit;
}

function callOf(operation: string, input: object): WireBytes {
  const body = JSON.stringify(input);
  const scope = "Credential=AKIAFAKESSM/20260801/us-east-1/ssm/aws4_request";
  const head = [
    "POST / HTTP/1.1",
    "host: 127.0.0.1",
    "content-type: application/x-amz-json-1.1",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-amz-target: AmazonSSM.${operation}`,
    "x-amz-user-agent: aws-sdk-js/3.1169.0",
    "amz-sdk-request: attempt=1; max=3",
    "x-amz-date: 20260801T000000Z",
    `authorization: AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`,
  ];
  return { name: operation, bytes: Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`) };
}

function atPath({ bytes }: WireBytes, path: string): Buffer {
  return Buffer.from(bytes.toString().replace("POST / ", `POST ${path} `));
}

/** The body of the answer to one request on a connection of its own. */
async function answerTo(port: number, { bytes }: WireBytes): Promise<Buffer> {
  const connection = await AnsweredConnection.to(port);
  const { body } = await connection.ask(bytes);
  connection.end();
  return body;
}

/** Requests that were answered in a second, each connection asking again as soon as it has its answer. */
async function ratePerSecond(
  port: number,
  { request, connections }: { readonly request: WireBytes; readonly connections: number },
): Promise<number> {
  const open: AnsweredConnection[] = [];
  for (let i = 0; i < connections; i++) open.push(await AnsweredConnection.to(port));
  let answered = 0;
  const startedAt = performance.now();
  const end = startedAt + ROUND_MS;
  await Promise.all(
    open.map(async (connection) => {
      for (; performance.now() < end; answered++) {
        const { statusCode } = await connection.ask(request.bytes);
        if (statusCode !== 200) throw new Error(`${request.name} returned ${statusCode}.`);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of open) connection.end();
  return answered / seconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
