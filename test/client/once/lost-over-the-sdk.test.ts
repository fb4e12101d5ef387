import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SendCommandCommand, SSM, SSMClient } from "@aws-sdk/client-ssm";
import { MaybeSentError, RunCommandClient } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { afterEach, describe, expect, it, vi } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { scriptedApi } from "../../support/scripted-api.ts";
import { aSender, NODE, REQUEST, withTrouble } from "./a-sender.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A real server of HTTP that does this with every request, and a real client of it. */
async function aServer(respond: (response: ServerResponse) => void) {
  let requests = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      requests++;
      respond(response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = new SSMClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  return { runCommand: new RunCommandClient(client), requests: () => requests };
}

describe("over HTTP, one request is made, and it is open whether the command was sent, after", () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ["a connection that was lost", (response) => void response.destroy()],
    ["an answer of 500", (response) => void response.writeHead(500).end("{}")],
    [
      "the page of a proxy",
      (response) => void response.writeHead(502).end("<html>Bad gateway</html>"),
    ],
    ["an answer that is no HTTP", (response) => void response.socket?.end("nonsense\r\n\r\n")],
    ["an answer without a body", (response) => void response.writeHead(200).end()],
    ["an answer without a command", (response) => void response.writeHead(200).end("{}")],
    ["a page for an answer", (response) => void response.writeHead(200).end("<html></html>")],
    ["a body that was cut", (response) => void response.writeHead(200).end('{"Command":{"Comm')],
    [
      "a body that is shorter than was said",
      (response) => {
        response.writeHead(200, { "content-length": "500" });
        response.write('{"Command":{', () => response.destroy());
      },
    ],
  ])("%s", async (_, respond) => {
    const { runCommand, requests } = await aServer(respond);
    expect(await rejectionOf(runCommand.send(REQUEST))).toBeInstanceOf(MaybeSentError);
    expect(requests()).toBe(1);
  });

  it("but a page that refuses is thrown as it is", async () => {
    const { runCommand, requests } = await aServer((response) => {
      response.writeHead(403).end("<html>Forbidden</html>");
    });
    expect(await rejectionOf(runCommand.send(REQUEST))).not.toBeInstanceOf(MaybeSentError);
    expect(requests()).toBe(1);
  });
});

/** A client whose first answer is lost. */
function losing(options: object = {}) {
  const fake = new FakeSsm({ nodes: [{ instanceId: NODE }] });
  fake.faults.loseAnswer("SendCommand", { times: 1 });
  return { fake, ssm: new SSM({ ...fake.clientConfig(), ...options }) };
}

describe("a client that keeps how it handles commands", () => {
  it("is told for this call alone, when it has sent one before", async () => {
    const { fake } = aSender();
    const client = new SSMClient({ ...fake.clientConfig(), cacheMiddleware: true });
    await client.send(new SendCommandCommand(REQUEST));
    fake.faults.loseAnswer("SendCommand", { times: 1 });
    const sending = new RunCommandClient(client).send(REQUEST);
    expect(await rejectionOf(sending)).toBeInstanceOf(MaybeSentError);
    expect(fake.records()).toHaveLength(2);
  });

  it("sends other commands afterwards as ever", async () => {
    const { fake, ssm } = losing({ cacheMiddleware: true });
    const runCommand = new RunCommandClient(ssm);
    expect(await rejectionOf(runCommand.send(REQUEST))).toBeInstanceOf(MaybeSentError);
    await runCommand.send(REQUEST);
    await ssm.send(new SendCommandCommand(REQUEST));
    expect(fake.records()).toHaveLength(3);
  });
});

describe("what stands between a client and the SDK", () => {
  it("may be another client", async () => {
    const { fake, ssm } = losing();
    const outer = new RunCommandClient(new RunCommandClient(ssm));
    expect(await rejectionOf(outer.send(REQUEST))).toBeInstanceOf(MaybeSentError);
    expect(fake.records()).toHaveLength(1);
  });

  it("may be an object that has a `send` only", async () => {
    const { fake, ssm } = losing();
    const client = { send: (...given: Parameters<typeof ssm.send>) => ssm.send(...given) };
    expect(await rejectionOf(new RunCommandClient(client as never).send(REQUEST))).toBeInstanceOf(
      MaybeSentError,
    );
    expect(fake.records()).toHaveLength(1);
  });

  it("may be a method of a subclass, which is called", async () => {
    const { fake } = losing();
    const called: string[] = [];
    class Own extends SSM {
      override sendCommand(...given: never[]): never {
        called.push("sendCommand");
        return super.sendCommand(...(given as unknown as [never])) as never;
      }
    }
    const runCommand = new RunCommandClient(new Own(fake.clientConfig()));
    expect(await rejectionOf(runCommand.send(REQUEST))).toBeInstanceOf(MaybeSentError);
    expect([called, fake.records().length]).toEqual([["sendCommand"], 1]);
  });

  it("may be a stub of the client's own method, which is called", async () => {
    const { fake, runCommand } = aSender();
    const stub = vi.spyOn(runCommand, "sendCommand").mockResolvedValue({
      Command: { CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11" },
      $metadata: {},
    });
    expect((await runCommand.send(REQUEST)).commandId).toBe("7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11");
    expect([stub.mock.calls.length, fake.records().length]).toEqual([1, 0]);
  });

  it("may be a stub of the class's `send`, whose error is judged by its shape", async () => {
    const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    const stub = vi.spyOn(SSMClient.prototype, "send").mockRejectedValue(reset as never);
    const error = await rejectionOf(new RunCommandClient(new SSMClient({})).send(REQUEST));
    stub.mockRestore();
    expect(error).toBeInstanceOf(MaybeSentError);
  });

  it("gets the words of the failure for its log", async () => {
    const { ssm } = losing();
    const seen: string[] = [];
    ssm.middlewareStack.add(
      (next) => (args) =>
        next(args).catch((error: Error) => {
          seen.push(error.message);
          throw error;
        }),
      { step: "initialize" },
    );
    await rejectionOf(new RunCommandClient(ssm).send(REQUEST));
    expect(seen).toEqual(["Error: socket hang up"]);
  });
});

describe("an answer without a CommandId", () => {
  it("leaves it open, in an api of any kind", async () => {
    const api = scriptedApi({ sendCommand: () => ({}) });
    const error = await rejectionOf(new RunCommandClient(api).send(REQUEST));
    expect(error).toBeInstanceOf(MaybeSentError);
    expect(String(error)).toContain("SendCommand failed with no CommandId.");
  });
});

describe("with a key, and sent again", () => {
  it("a refusal of the second send does not hide that the first may stand", async () => {
    const { fake, runCommand, sent } = aSender();
    let lists = 0;
    // The command is not shown.
    fake.on("ListCommands", () => (lists++ >= 0 ? { answer: { Commands: [] } } : undefined));
    fake.faults.loseAnswer("SendCommand", { times: 1 });
    fake.on("SendCommand", () =>
      sent() > 0 ? { refuse: { name: "AccessDeniedException" } } : undefined,
    );
    const sending = runCommand.send(REQUEST, { once: "k", notFound: "sendAgain" });
    expect(await rejectionOf(sending)).toBeInstanceOf(MaybeSentError);
    expect(sent()).toBe(1);
  });
});

describe("find()", () => {
  it("never takes an earlier command of the same client for the one that was lost", async () => {
    const { fake, runCommand } = aSender();
    await (await runCommand.send(REQUEST)).waitForTerminal();
    fake.faults.resetConnection("SendCommand", { times: 1 });
    const error = (await rejectionOf(runCommand.send(REQUEST))) as MaybeSentError;
    expect(await error.find()).toBe(undefined);
    fake.faults.loseAnswer("SendCommand", { times: 1 });
    const lost = (await rejectionOf(runCommand.send(REQUEST))) as MaybeSentError;
    const last = fake.records().at(-1)?.commandId;
    expect([(await lost.find())?.commandId, (await lost.find())?.commandId]).toEqual([last, last]);
  });

  it("finds it by a service that leaves an empty Comment out", async () => {
    const { fake, runCommand } = aSender(withoutComment);
    fake.faults.loseAnswer("SendCommand", { times: 1 });
    const error = (await rejectionOf(runCommand.send(REQUEST))) as MaybeSentError;
    expect((await error.find())?.adopted).toBe(true);
  });
});

/** A client of a service that leaves out the Comment of its commands. */
function withoutComment(fake: FakeSsm) {
  return new SSMClient(
    withTrouble(fake, async (answer) => {
      const answered = await answer();
      const text = new TextDecoder().decode(answered.response.body as Uint8Array);
      const body = new TextEncoder().encode(text.replaceAll('"Comment":"",', ""));
      const headers = { ...answered.response.headers, "content-length": String(body.byteLength) };
      return { response: { ...answered.response, headers, body } };
    }),
  );
}
