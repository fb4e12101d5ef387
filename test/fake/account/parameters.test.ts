import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { ParameterStore } from "../../../src/fake/account/parameters.ts";
import { refusalOf } from "../../support/rejection.ts";

describe("Parameter Store", () => {
  const aStore = () => new ParameterStore({ now: () => 0, beforeChange: () => {} });

  it("holds a String", () => {
    const store = aStore();
    store.set("/app/version", "1.4.2");
    expect(store.get("/app/version")).toBe("1.4.2");
  });

  it("holds a StringList", () => {
    const store = aStore();
    store.set("hosts", ["a", "b"]);
    expect(store.get("hosts")).toEqual(["a", "b"]);
  });

  it("holds what was set last", () => {
    const store = aStore();
    store.set("version", "1");
    store.set("version", "2");
    expect(store.get("version")).toBe("2");
  });

  it("does not see what is done to a list afterwards", () => {
    const store = aStore();
    const hosts = ["a"];
    store.set("hosts", hosts);
    hosts.push("b");
    expect(store.get("hosts")).toEqual(["a"]);
  });

  it("has no value for a name that was not set, even one that every object has", () => {
    expect([aStore().get("other"), aStore().get("toString")]).toEqual([undefined, undefined]);
  });

  it("keeps every version, and knows each by its number", () => {
    const store = aStore();
    for (const value of ["1.4.1", "1.4.2"]) store.set("/app/version", value);
    const references = ["/app/version:1", "/app/version:2", "/app/version:3", "/app/version:0"];
    expect(references.map((name) => store.get(name))).toEqual([
      ...["1.4.1", "1.4.2", undefined, undefined],
    ]);
  });

  it("knows which version is a SecureString", () => {
    const store = aStore();
    store.set("token", "plain");
    store.set("token", "s3cr3t", { secure: true });
    expect(["token:1", "token"].map((name) => store.find(name)?.type)).toEqual([
      ...["String", "SecureString"],
    ]);
  });

  it.each(["", "bad name", "version:1", "{{x}}"])("refuses the name %j", (name) => {
    expect(() => aStore().set(name, "1")).toThrow(
      `The name of the parameter is ${JSON.stringify(name)}. Write letters, digits`,
    );
  });

  it.each([undefined, null, 5, { a: 1 }, ["a", 5]])("refuses the value %j", (value) => {
    expect(() => aStore().set("version", value as unknown as string)).toThrow(
      "The value of the parameter version is no string and no list of strings.",
    );
  });

  it.each([
    [null, "fake.parameters.set() was given null. Give it an object of options: secure."],
    [5, "fake.parameters.set() was given 5."],
    ["secure", 'fake.parameters.set() was given "secure".'],
    [{ secure: "yes" }, 'secure of fake.parameters.set() is "yes". Give it a boolean.'],
  ])("refuses %j as options", (options, message) => {
    expect(() => aStore().set("token", "s3cr3t", options as object)).toThrow(message);
  });

  it.each([5n, Symbol("name"), undefined])("refuses a name that is no string: %s", (name) => {
    expect(() => aStore().set(name as unknown as string, "1")).toThrow(
      `The name of the parameter is ${String(name)}.`,
    );
  });

  it("refuses an option that it does not know", () => {
    const options = { secret: true } as object;
    expect(() => aStore().set("token", "s3cr3t", options)).toThrow(
      'fake.parameters.set() has no option "secret". It has secure.',
    );
  });

  it("shows a SecureString to the test that has set it", () => {
    const store = aStore();
    store.set("token", "s3cr3t", { secure: true });
    expect(store.get("token")).toBe("s3cr3t");
  });

  it("lets what is due run before a value changes", () => {
    const beforeChange = vi.fn();
    new ParameterStore({ now: () => 0, beforeChange }).set("version", "1");
    expect(beforeChange).toHaveBeenCalledOnce();
  });
});

/** The script that a node gets to run for these commands. */
async function scriptFor(fake: FakeSsm, commands: string[]): Promise<string | undefined> {
  const scripts: (string | undefined)[] = [];
  const node = fake.nodes.add({
    behavior: ({ script }) => {
      scripts.push(script);
      return { type: "exits" };
    },
  });
  await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [node.instanceId],
    Parameters: { commands },
  });
  await fake.listCommands({});
  return scripts[0];
}

describe("{{ ssm:name }} in the parameters of a request", () => {
  it("reaches the node as the value", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("/app/version", "1.4.2");
    expect(await scriptFor(fake, ["deploy {{ ssm:/app/version }}"])).toBe("deploy 1.4.2\n");
  });

  it("reaches the node as the value of its version", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    for (const version of ["1.4.1", "1.4.2"]) fake.parameters.set("version", version);
    const commands = ["{{ssm:version:1}}", "{{ssm:version}}"];
    expect(await scriptFor(fake, commands)).toBe("1.4.1\n1.4.2\n");
  });

  it("reaches the node as the value at the time of the send", async () => {
    const fake = new FakeSsm({ latency: { startDelay: "10s" } });
    fake.parameters.set("version", "1");
    const node = fake.nodes.add({ behavior: ({ script }) => ({ type: "exits", stdout: script! }) });
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [node.instanceId],
      Parameters: { commands: ["{{ ssm:version }}"] },
    });
    fake.parameters.set("version", "2");
    await fake.clock.advance("20s");
    const { StandardOutputContent } = await fake.getCommandInvocation({
      CommandId: Command!.CommandId!,
      InstanceId: node.instanceId,
    });
    expect(StandardOutputContent).toBe("1\n");
  });

  it("is echoed as it was sent", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("version", "1.4.2");
    await scriptFor(fake, ["{{ ssm:version }}"]);
    const { Commands } = await fake.listCommands({});
    expect(Commands![0]!.Parameters).toEqual({ commands: ["{{ ssm:version }}"] });
  });

  it.each(["{{ ssm:other }}", "{{ ssm:version:2 }}"])(
    "is refused when it does not exist: %s",
    async (reference) => {
      const fake = new FakeSsm({ latency: "instant" });
      fake.parameters.set("version", "1");
      expect(await refusalOf(scriptFor(fake, [reference]))).toEqual({
        name: "InvalidParameters",
        message: "Parameters provided in document are invalid or not supported.",
      });
    },
  );

  it("is refused after a reset", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.parameters.set("version", "1.4.2");
    await fake.reset();
    expect((await refusalOf(scriptFor(fake, ["{{ ssm:version }}"]))).name).toBe(
      "InvalidParameters",
    );
  });
});
