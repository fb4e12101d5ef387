import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { MOST_BODY_BYTES } from "../../../../src/fake/adapters/http/http-body.ts";
import { errorResponse, jsonResponse } from "../../../../src/fake/adapters/http/http-responses.ts";
import {
  type HttpRequest,
  type HttpServerOptions,
  listenHttp,
} from "../../../../src/fake/adapters/http/http-server.ts";
import { rawRequest, sendRaw, statusesIn } from "../../../support/raw-http.ts";
import { refusalOf } from "../../../support/rejection.ts";

/** A server that answers `{}` to everything, unless the options say otherwise, and the requests that it got. */
async function aServer(options: Partial<HttpServerOptions> = {}) {
  const asked: HttpRequest[] = [];
  const answer = async (request: HttpRequest) => {
    asked.push(request);
    return jsonResponse({});
  };
  const server = await listenHttp({
    port: 0,
    host: "127.0.0.1",
    allowedHosts: [],
    answer,
    ...options,
  });
  onTestFinished(() => server.close());
  return { ...server, asked };
}

const statusOf = async (port: number, request: Parameters<typeof rawRequest>[0]) =>
  statusesIn(await sendRaw(port, rawRequest(request)));

describe("a request", () => {
  it("is handed on whole", async () => {
    const { port, asked } = await aServer();
    await sendRaw(port, rawRequest({ body: '{"MaxResults":1}' }));
    expect(asked.map(({ method, path, body }) => [method, path, String(body)])).toEqual([
      ["POST", "/", '{"MaxResults":1}'],
    ]);
  });

  it.each([
    ["http://127.0.0.1:4599/_fake/health", "/_fake/health"],
    ["HTTP://LOCALHOST/", "/"],
    ["http://127.0.0.1", "/"],
  ])(
    "whose target has the host in it, as for a proxy, asks for the path: %s",
    async (target, path) => {
      const { port, asked } = await aServer();
      await sendRaw(port, rawRequest({ line: `POST ${target} HTTP/1.1` }));
      expect(asked.map((request) => request.path)).toEqual([path]);
    },
  );

  it("in chunks is put together", async () => {
    const { port, asked } = await aServer();
    const headers = { "content-length": undefined, "transfer-encoding": "chunked" };
    await sendRaw(port, rawRequest({ headers, body: "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n" }));
    expect(asked.map(({ body }) => String(body))).toEqual(["{}"]);
  });

  it("of this machine is known to be local", async () => {
    const { port, asked } = await aServer();
    await sendRaw(port, rawRequest());
    expect(asked.map(({ isLocal }) => isLocal)).toEqual([true]);
  });

  it("that is sent before others on its connection are answered is answered in its turn", async () => {
    const { port } = await aServer();
    const kept = rawRequest({ headers: { connection: undefined } });
    const answer = await sendRaw(port, kept.repeat(19) + rawRequest());
    expect(statusesIn(answer)).toEqual(Array.from({ length: 20 }, () => 200));
  });
});

describe("an answer", () => {
  it("leaves its connection open for 75 s", async () => {
    const { url } = await aServer();
    const { headers } = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonSSM.ListCommands",
      },
      body: "{}",
    });
    expect(headers.get("keep-alive")).toBe("timeout=75");
  });

  it("has no date and no CORS header, and no page may embed it", async () => {
    const { port } = await aServer();
    const [head] = (await sendRaw(port, rawRequest())).split("\r\n\r\n");
    expect(head?.split("\r\n").sort()).toEqual([
      "Connection: close",
      "HTTP/1.1 200 OK",
      "content-length: 2",
      "content-security-policy: default-src 'none'; sandbox",
      "content-type: application/json",
      "cross-origin-resource-policy: same-origin",
      "x-content-type-options: nosniff",
    ]);
  });

  it("is reported together with its request", async () => {
    const told: unknown[] = [];
    const { port } = await aServer({
      onAnswer: ({ path }, { response }) => told.push([path, response.statusCode]),
    });
    await sendRaw(port, rawRequest());
    expect(told).toEqual([["/", 200]]);
  });

  it("is an InternalServerError with the message of a log that throws", async () => {
    const { port } = await aServer({
      onAnswer: () => {
        throw new Error("The log broke.");
      },
    });
    const answer = await sendRaw(port, rawRequest());
    expect([statusesIn(answer), answer.split("\r\n\r\n")[1]]).toEqual([
      [500],
      '{"__type":"InternalServerError","message":"The log broke."}',
    ]);
  });

  it("that throws is an InternalServerError with its message", async () => {
    const { port } = await aServer({
      answer: () => Promise.reject(new Error("The behavior broke.")),
    });
    const answer = await sendRaw(port, rawRequest());
    expect([statusesIn(answer), answer.split("\r\n\r\n")[1]]).toEqual([
      [500],
      '{"__type":"InternalServerError","message":"The behavior broke."}',
    ]);
  });

  it("that throws ECONNRESET breaks the connection off", async () => {
    const { port } = await aServer({
      answer: () => Promise.reject(Object.assign(new Error("reset"), { code: "ECONNRESET" })),
    });
    expect(await sendRaw(port, rawRequest())).toBe("");
  });
});

describe("a host", () => {
  it.each(["localhost", "LOCALHOST:4599", "127.0.0.1", "127.0.0.1:80", "[::1]:4599"])(
    "of this machine may be asked: %s",
    async (host) => {
      const { port } = await aServer();
      expect(await statusOf(port, { headers: { host } })).toEqual([200]);
    },
  );

  it.each(["attacker.example", "127.0.0.1.attacker.example", "localhost.attacker.example:4599"])(
    "of a stranger is refused: %s",
    async (host) => {
      const { port } = await aServer();
      expect(await statusOf(port, { headers: { host } })).toEqual([403]);
    },
  );

  it.each(["", "a b", "http://localhost", "localhost:", "localhost:x", "[::1", "user@localhost"])(
    "that is malformed is refused: %j",
    async (host) => {
      const { port } = await aServer();
      expect(await statusOf(port, { headers: { host } })).toEqual([400]);
    },
  );

  it("that is missing is refused", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { headers: { host: undefined } })).toEqual([400]);
  });

  it("that is given twice is refused", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { headers: { Host: "attacker.example" } })).toEqual([400]);
  });

  it("that the user allowed may be asked", async () => {
    const { port } = await aServer({ allowedHosts: ["Fake.Test"] });
    expect(await statusOf(port, { headers: { host: "fake.test:4599" } })).toEqual([200]);
  });

  it("that is refused gets an answer that says how to allow it", async () => {
    const { port } = await aServer();
    const answer = await sendRaw(port, rawRequest({ headers: { host: "fake.test" } }));
    expect(answer).toContain("--allowed-host fake.test.");
  });

  it("that is refused does not reach the service", async () => {
    const { port, asked } = await aServer();
    await sendRaw(port, rawRequest({ headers: { host: "attacker.example" } }));
    expect(asked).toEqual([]);
  });
});

describe("an origin", () => {
  it.each(["http://attacker.example", "null", "", "http://127.0.0.1:3000", "https://127.0.0.1"])(
    "that is foreign is refused: %j",
    async (origin) => {
      const { port } = await aServer();
      expect(await statusOf(port, { headers: { origin } })).toEqual([403]);
    },
  );

  it("that is the server's own may ask", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { headers: { origin: "http://127.0.0.1" } })).toEqual([200]);
  });
});

describe("too much", () => {
  const most = "x".repeat(MOST_BODY_BYTES);

  it("is not a body of 1 MiB", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { body: most })).toEqual([200]);
  });

  it("is a body one byte above 1 MiB, which is refused when it has been read", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { body: `${most}x` })).toEqual([413]);
  });

  it("is a body that is announced as huge, which is refused at once", async () => {
    const { port } = await aServer();
    expect(await statusOf(port, { headers: { "content-length": "99999999999" } })).toEqual([413]);
  });

  it("is headers above 16 KiB", async () => {
    const { port } = await aServer();
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x-${n}`, "y"]));
    expect(await statusOf(port, { headers: many })).toEqual([431]);
  });

  it("is a request that takes too long, be it in its headers or its body", async () => {
    const patience = { headersMs: 10, requestMs: 10, checkEveryMs: 5 };
    const { port } = await aServer({ patience });
    const whole = rawRequest({ headers: { "content-length": "100" } });
    const answers = await Promise.all(
      [whole, whole.slice(0, 40)].map((text) => slowly(port, text)),
    );
    expect(answers.map(statusesIn)).toEqual([[408], [408]]);
  });
});

describe("what is not HTTP", () => {
  it.each([
    ["noise", "\u0000\u0001\u0002\r\n\r\n"],
    ["a wrong version", "POST / HTTP/9.9\r\n\r\n"],
    ["no method", "/ HTTP/1.1\r\n\r\n"],
    ["two lengths", rawRequest({ headers: { "Content-Length": "7" } })],
    ["a length and chunks", rawRequest({ headers: { "transfer-encoding": "chunked" } })],
    ["a header without a colon", "POST / HTTP/1.1\r\nhost\r\n\r\n"],
  ])("is a 400 that a client of AWS can read: %s", async (_, bytes) => {
    const { port } = await aServer();
    const answer = await sendRaw(port, bytes);
    expect([statusesIn(answer), JSON.parse(answer.split("\r\n\r\n")[1] ?? "")]).toEqual([
      [400],
      { __type: "ValidationException", message: "The request could not be read." },
    ]);
  });

  it("does not reach the service when the connection breaks off half way", async () => {
    const { port, asked } = await aServer();
    await sendRaw(port, rawRequest({ headers: { "content-length": "100" } }), { waitMs: 30 });
    expect(asked).toEqual([]);
  });
});

describe("a server", () => {
  it("has the URL at which it listens", async () => {
    const { url, port } = await aServer();
    expect(url).toBe(`http://127.0.0.1:${port}`);
  });

  it("says which port is taken, and what to do", async () => {
    const { port } = await aServer();
    const second = aServer({ port });
    expect(await refusalOf(second)).toEqual({
      name: "Error",
      message: `Cannot listen on 127.0.0.1:${port} (EADDRINUSE). Choose another port or address, or port 0 to have a free port picked.`,
    });
  });

  it("closes connections that wait for nothing, and may be closed twice", async () => {
    const { port, close } = await aServer();
    const socket = connect(port, "127.0.0.1");
    const closed = once(socket, "close");
    socket.write(rawRequest());
    await once(socket, "data");
    await Promise.all([close(), close()]);
    expect(await closed).toEqual([false]);
  });

  it("lets an answer that is under way go out before it closes", async () => {
    const { port, close } = await aServer({
      answer: async () => {
        void close();
        return errorResponse(400, { name: "ValidationException" });
      },
    });
    expect(statusesIn(await sendRaw(port, rawRequest()))).toEqual([400]);
  });
});

/** The answer to a client that sends a part and then only waits. */
async function slowly(port: number, part: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("latin1").on("data", (text) => {
    answer += text;
  });
  socket.write(part);
  await once(socket, "close");
  return answer;
}
