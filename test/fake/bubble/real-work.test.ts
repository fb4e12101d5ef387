import { exec, spawn } from "node:child_process";
import { scrypt } from "node:crypto";
import dns from "node:dns/promises";
import { createReadStream, readFile } from "node:fs";
import fs from "node:fs/promises";
import http, { type Server } from "node:http";
import http2 from "node:http2";
import net, { type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { inBubble } from "../../support/in-bubble.ts";
import { realMs } from "../../support/real-ms.ts";

const { setTimeout: realTimeout } = globalThis;
const HERE = fileURLToPath(import.meta.url);
const servers: { close(): unknown }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Which comes first in a bubble: the work, or a timer of thirty seconds. */
const race = (work: () => Promise<unknown>) =>
  inBubble(() => Promise.race([work().then(() => "work"), sleep(30_000, "timer")]));

describe("real work in a bubble comes before a timer", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a file that is read", () => fs.readFile(HERE)],
    ["a file that is read with a callback", () => promisify(readFile)(HERE)],
    ["a stream of a file", () => readAll(createReadStream(process.execPath, { end: 1e6 }))],
    ["a folder", () => readAll(fs.opendir("."))],
    ["an import of Node", () => import("node:http2")],
    ["an import that the runner loads", () => import("../../support/citation-links.ts")],
    ["a DNS look-up", () => dns.lookup("localhost")],
    ["compression", () => promisify(zlib.gzip)("x".repeat(1e6))],
    ["compression in many pieces", () => readAll(compressed())],
    ["a digest", () => crypto.subtle.digest("SHA-256", new Uint8Array(1e6))],
    ["a derived key", () => promisify(scrypt)("a", "b", 32)],
    ["a blob", () => new Blob(["x".repeat(1e6)]).arrayBuffer()],
    ["WebAssembly", () => compileWebAssembly(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))],
    ["a child process", () => promisify(exec)("sleep 0.05; echo done")],
  ])("%s", async (_, work) => {
    expect(await race(work)).toBe("work");
  });

  it.each<[string, () => Promise<unknown>]>([
    ["an encryption", () => encrypted()],
    ["a derived key of WebCrypto", () => derived()],
    [
      "a signature key",
      () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]),
    ],
  ])("WebCrypto: %s", async (_, work) => {
    expect(await race(work)).toBe("work");
  });

  it("random numbers that are made at once are no work", async () => {
    const took = await realMs(() =>
      inBubble(async () => {
        for (let n = 0; n < 10; n++) {
          crypto.getRandomValues(new Uint8Array(16));
          await sleep(60_000);
        }
      }),
    );
    expect(took).toBeLessThan(2_000);
  });
});

describe("a request in a bubble", () => {
  const quickly = async () => {
    const server = http.createServer((_, response) => {
      realTimeout(() => response.write("half"), 20);
      realTimeout(() => response.end(), 40);
    });
    return portOf(server);
  };

  it.each<[string, (port: number) => Promise<unknown>]>([
    ["fetch", async (port) => (await fetch(`http://127.0.0.1:${port}/`)).text()],
    ["node:http", (port) => get({ port })],
    ["node:http with connections that are kept", (port) => getTwice(port)],
  ])("is under way until its response has ended: %s", async (_, request) => {
    const port = await quickly();
    expect(await race(() => request(port))).toBe("work");
  });

  it("holds nothing up when it has ended, although its connection is kept", async () => {
    const port = await quickly();
    const took = await realMs(() =>
      inBubble(async () => {
        for (let n = 0; n < 5; n++) {
          await (await fetch(`http://127.0.0.1:${port}/`)).text();
          await sleep(60_000);
        }
      }),
    );
    expect(took).toBeLessThan(1_200); // five times 40 ms, and not five times 250 ms more
  });

  it("may go over a connection that was kept from before the bubble, or from another", async () => {
    const port = await quickly();
    const agent = new http.Agent({ keepAlive: true });
    await get({ port, agent });
    const seen = [await race(() => get({ port, agent })), await race(() => get({ port, agent }))];
    agent.destroy();
    expect(seen).toEqual(["work", "work"]);
  });

  it("is under way over HTTP/2, too, however late its response is", async () => {
    const server = http2.createServer(
      (_, response) => void realTimeout(() => response.end("late"), 320),
    );
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const late = () =>
      new Promise<void>((resolve, reject) => {
        const session = http2.connect(`http://127.0.0.1:${port}`);
        session
          .request({ ":path": "/" })
          .on("error", reject)
          .on("end", () => {
            session.close();
            resolve();
          })
          .resume();
      });
    expect(await race(late)).toBe("work");
  });

  it("is under way as well when the bubble itself answers it", async () => {
    const first = await inBubble(async () => {
      const port = await portOf(
        http.createServer(async (_, response) => {
          await fs.readFile(HERE);
          response.end("answer");
        }),
      );
      const text = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
      return Promise.race([text, sleep(30_000, "timer")]);
    });
    expect(first).toBe("answer");
  });

  it("that is never answered loses to a time-out, which takes real time (real: 0.3 s)", async () => {
    const port = await portOf(http.createServer(() => {}));
    let reason: unknown;
    const took = await realMs(() =>
      inBubble(async () => {
        const signal = AbortSignal.timeout(300);
        reason = await fetch(`http://127.0.0.1:${port}/`, { signal }).catch((error) => error);
      }),
    );
    expect(reason).toMatchObject({ name: "TimeoutError" });
    expect(took).toBeGreaterThan(280);
  });
});

describe("a socket in a bubble", () => {
  const talking = () => {
    const server = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.write("first ");
      realTimeout(() => socket.write("second"), 100);
    });
    return portOf(server);
  };

  it("speaks until it has been silent for 250 ms (real: 0.4 s)", async () => {
    const port = await talking();
    let heard = "";
    const took = await realMs(() =>
      inBubble(async () => {
        const socket = net.connect(port, "127.0.0.1");
        socket.on("data", (data) => {
          heard += data;
        });
        await sleep(3_600_000);
        socket.destroy();
      }),
    );
    expect(heard).toBe("first second");
    expect(took).toBeGreaterThan(340);
    expect(took).toBeLessThan(2_000);
  });

  it("from before the bubble speaks from what the bubble writes to it", async () => {
    const server = net.createServer((socket) => {
      socket.on("data", () => realTimeout(() => socket.write("pong"), 30));
    });
    const socket = net.connect(await portOf(server), "127.0.0.1");
    const pong = () =>
      new Promise((resolve) => {
        socket.once("data", resolve);
        socket.write("ping");
      });
    expect(await race(pong)).toBe("work");
    socket.destroy();
  });

  it("that listens, is idle or keeps nothing waiting holds nothing up", async () => {
    const port = await portOf(net.createServer(() => {}));
    const idle = net.connect(port, "127.0.0.1");
    await new Promise((resolve) => idle.once("connect", resolve));
    const took = await realMs(() =>
      inBubble(async () => {
        servers.push(net.createServer().listen(0, "127.0.0.1"));
        net
          .connect(port, "127.0.0.1")
          .on("error", () => {})
          .unref();
        await sleep(3_600_000);
      }),
    );
    idle.destroy();
    expect(took).toBeLessThan(200);
  });
});

describe("a child process that keeps nothing waiting", () => {
  it("holds nothing up", async () => {
    const took = await realMs(() =>
      inBubble(async () => {
        const child = spawn("sleep", ["5"], { stdio: "ignore", detached: true });
        child.unref();
        await sleep(3_600_000);
        child.kill();
      }),
    );
    expect(took).toBeLessThan(2_000);
  });
});

// Without the types of browsers there are none for it.
function compileWebAssembly(bytes: Uint8Array): Promise<unknown> {
  const { WebAssembly: wasm } = globalThis as unknown as {
    readonly WebAssembly: { readonly compile: (bytes: Uint8Array) => Promise<unknown> };
  };
  return wasm.compile(bytes);
}

async function encrypted(): Promise<unknown> {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 128 }, true, ["encrypt"]);
  return crypto.subtle.encrypt(
    { name: "AES-GCM", iv: new Uint8Array(12) },
    key,
    new Uint8Array(1e6),
  );
}

async function derived(): Promise<unknown> {
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(8), iterations: 1_000 };
  const key = await crypto.subtle.importKey("raw", new Uint8Array(8), "PBKDF2", false, [
    "deriveBits",
  ]);
  return crypto.subtle.deriveBits(algorithm, key, 128);
}

async function readAll(stream: AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>) {
  for await (const _ of await stream);
}

function compressed(): AsyncIterable<unknown> {
  const gzip = zlib.createGzip();
  for (let n = 0; n < 50; n++) gzip.write("x".repeat(20_000) + n);
  gzip.end();
  return gzip;
}

function get(options: http.RequestOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: "127.0.0.1", ...options }, (response) => {
        response.resume().on("end", () => resolve());
      })
      .on("error", reject);
  });
}

async function getTwice(port: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  await get({ port, agent });
  await get({ port, agent });
  agent.destroy();
}

async function portOf(server: Server | net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
