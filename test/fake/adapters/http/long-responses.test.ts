import { connect } from "node:net";
import { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { answerFakeRoute } from "../../../../src/fake/adapters/http/fake-routes.ts";
import {
  type HttpResponse,
  jsonResponse,
  longResponse,
} from "../../../../src/fake/adapters/http/http-responses.ts";
import { listenHttp } from "../../../../src/fake/adapters/http/http-server.ts";
import { rawRequest, sendRaw } from "../../../support/raw-http.ts";
import { rejectionOf } from "../../../support/rejection.ts";

/** More pieces than any server makes before a client has read the first, unless it makes them all. */
const ENDLESS = 100_000;
const MB = 1024 * 1024;

/** A server whose path `/long` sends these pieces, and whose other paths answer at once. */
async function serving(pieces: () => Iterable<string>) {
  const answer = async ({ path }: { readonly path: string }): Promise<HttpResponse> =>
    path === "/long" ? longResponse("text/plain; charset=utf-8", pieces()) : jsonResponse({});
  const listener = await listenHttp({ port: 0, host: "127.0.0.1", allowedHosts: [], answer });
  onTestFinished(() => listener.close());
  const { url, port } = listener;
  const long = () => fetch(`${url}/long`);
  const short = async () => (await fetch(`${url}/short`)).status;
  return { port, long, short };
}

/** Pieces until something has happened, and at most {@link ENDLESS}. */
function piecesUntil(isOver: () => boolean, piece = "piece\n") {
  const made = { count: 0, isLeft: false };
  function* pieces(): Generator<string, void> {
    try {
      while (!isOver() && made.count < ENDLESS) {
        made.count++;
        yield piece;
      }
    } finally {
      made.isLeft = true;
    }
  }
  return { made, pieces };
}

describe("a long answer", () => {
  it("arrives whole, and in order", async () => {
    const parts = Array.from({ length: 500 }, (_, index) => `line ${index} größer\n`);
    const { long } = await serving(() => parts);
    const answer = await long();
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "text/plain; charset=utf-8",
      parts.join(""),
    ]);
  });

  it("of no piece, or of empty ones, is empty", async () => {
    const texts: string[] = [];
    for (const parts of [[], ["", "", ""]]) {
      const { long } = await serving(() => parts);
      texts.push(await (await long()).text());
    }
    expect(texts).toEqual(["", ""]);
  });

  it("is read by its receiver before its last piece is made", async () => {
    let hasArrived = false;
    const { made, pieces } = piecesUntil(() => hasArrived);
    const { long } = await serving(pieces);
    const reader = (await long()).body!.getReader();
    const first = await reader.read();
    hasArrived = true;
    for (let isDone = first.done; !isDone; ) isDone = (await reader.read()).done;
    expect(new TextDecoder().decode(first.value)).toMatch(/^piece\n/);
    expect(made.count).toBeLessThan(ENDLESS);
  });

  it.each([
    ["text", "piece\n"],
    ["nothing yet", ""],
  ])("leaves other requests their turn while it makes %s", async (_, piece) => {
    let answered = 0;
    const { made, pieces } = piecesUntil(() => answered >= 3, piece);
    const { long, short } = await serving(pieces);
    const sending = long().then((answer) => answer.text());
    for (; answered < 3; answered++) await short();
    await sending;
    expect(made.count).toBeLessThan(ENDLESS);
  });

  it("is made no faster than it is read", async () => {
    let isOver = false;
    const { made, pieces } = piecesUntil(() => isOver, "x".repeat(MB));
    const { port, short } = await serving(pieces);
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(rawRequest({ line: "GET /long HTTP/1.1" }));
    socket.pause();
    // Every request gives the server many turns.
    for (let count = 0; count < 100; count++) await short();
    const madeUnread = made.count;
    isOver = true;
    socket.destroy();
    expect(madeUnread).toBeGreaterThan(0);
    expect(madeUnread).toBeLessThan(30);
  });

  it("is made no further when its receiver has left", async () => {
    const { made, pieces } = piecesUntil(() => false);
    const { long, short } = await serving(pieces);
    const reader = (await long()).body!.getReader();
    await reader.read();
    await reader.cancel();
    for (let count = 0; count < 1_000 && !made.isLeft; count++) await short();
    expect([made.isLeft, made.count < ENDLESS]).toEqual([true, true]);
  });

  it("that cannot be finished breaks off, so that nobody takes it for the whole", async () => {
    function* pieces(): Generator<string, void> {
      yield "first";
      throw new Error("The second piece could not be made.");
    }
    const { long, short } = await serving(pieces);
    const answer = await long();
    const reason = await rejectionOf(answer.text());
    expect([answer.status, reason instanceof TypeError, await short()]).toEqual([200, true, 200]);
  });
});

/** The sizes of the chunks of an answer that has no length, from its first header to its end. */
function chunksIn(answer: string): readonly number[] {
  const sizes: number[] = [];
  let at = answer.indexOf("\r\n\r\n") + 4;
  for (;;) {
    const end = answer.indexOf("\r\n", at);
    const size = Number.parseInt(answer.slice(at, end), 16);
    if (end < 0 || !(size > 0)) return sizes;
    sizes.push(size);
    at = end + 2 + size + 2;
  }
}

describe("the routes of a fake that has much to tell", () => {
  /** A fake with many refused calls, which are in its journal and in its timeline. */
  async function aFake(calls: number): Promise<FakeSsm> {
    const fake = new FakeSsm();
    const Parameters = { commands: ["login hunter2"] };
    for (let count = 0; count < calls; count++) {
      const request = { DocumentName: `Document-${count}`, Comment: "x".repeat(100), Parameters };
      await fake.sendCommand(request).catch(() => {});
    }
    return fake;
  }

  const got = async (fake: FakeSsm, route: string): Promise<HttpResponse> =>
    answerFakeRoute(
      {
        ...{ method: "GET", path: `/_fake/${route}`, headers: {}, isLocal: true },
        body: new Uint8Array(),
      },
      { fake, reset: () => fake.reset() },
    );

  it("tell the journal in pieces that make up its entries", async () => {
    const fake = await aFake(2_000);
    const pieces = [...((await got(fake, "journal")).pieces ?? [])];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(202_000);
    expect(JSON.parse(pieces.join(""))).toEqual({ dropped: 0, entries: fake.journal.entries() });
    expect(pieces.join("")).not.toContain("hunter2");
  });

  it.each([0, 1])("tell a journal of %i entries in one piece", async (calls) => {
    const fake = await aFake(calls);
    const pieces = [...((await got(fake, "journal")).pieces ?? [])];
    expect(pieces.map((piece) => JSON.parse(String(piece)) as unknown)).toEqual([
      { dropped: 0, entries: fake.journal.entries() },
    ]);
  });

  it("tell the timeline in pieces that make it up", async () => {
    const fake = await aFake(10_000);
    const pieces = [...((await got(fake, "timeline")).pieces ?? [])];
    expect(pieces.filter((piece) => piece !== "").length).toBe(2);
    expect(pieces.join("")).toBe(fake.timeline());
  });

  it.each(["journal", "timeline"])("send the %s as they make it, and all of it", async (route) => {
    const fake = await aFake(10_000);
    const served = await serveFakeSsm(fake, { log: () => {} });
    onTestFinished(() => served.close());
    const raw = await sendRaw(served.port, rawRequest({ line: `GET /_fake/${route} HTTP/1.1` }));
    const text = await (await fetch(`${served.url}/_fake/${route}`)).text();
    const whole =
      route === "timeline"
        ? fake.timeline()
        : JSON.stringify({ dropped: 0, entries: fake.journal.entries() });
    expect(text).toBe(whole);
    const chunks = chunksIn(raw);
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.reduce((sum, size) => sum + size, 0)).toBe(Buffer.byteLength(whole));
  });
});
