import { describe, expect, it } from "vitest";
import { Nodes } from "../../../src/fake/account/nodes.ts";
import { succeeds } from "../../../src/fake/agents/behavior.ts";

/** Nodes, and the changes that are reported to the service. */
function someNodes() {
  const heard: string[] = [];
  const nodes = new Nodes(succeeds(), {
    now: () => 0,
    removed: () => heard.push("removed"),
    beforeChange: () => heard.push("beforeChange"),
    cameBack: ({ instanceId }) => heard.push(`cameBack ${instanceId}`),
  });
  return { nodes, heard };
}

describe("the operating system of a node", () => {
  it.each(["", 5, null])("is text: %j is refused", (given) => {
    const options = { platformName: given } as unknown as { platformName: string };
    expect(() => someNodes().nodes.add(options)).toThrow(
      `The platformName of node i-00000000000000001 is ${JSON.stringify(given)}. Write text, or leave it out.`,
    );
  });
});

describe("the id of a node", () => {
  it("is made up in order", () => {
    const { nodes } = someNodes();
    expect([nodes.add().instanceId, nodes.add().instanceId]).toEqual([
      "i-00000000000000001",
      "i-00000000000000002",
    ]);
  });

  it("is made up in hexadecimal, as AWS's are", () => {
    const { nodes } = someNodes();
    const ids = Array.from({ length: 17 }, () => nodes.add().instanceId);
    expect(ids.slice(-2)).toEqual(["i-00000000000000010", "i-00000000000000011"]);
  });

  it("is made up around ids that are taken", () => {
    const { nodes } = someNodes();
    nodes.add({ instanceId: "i-00000000000000001" });
    expect(nodes.add().instanceId).toBe("i-00000000000000002");
  });

  it.each(["i-01234567", "i-0123456789abcdef0", "mi-0123456789abcdef0"])("may be %s", (id) => {
    expect(someNodes().nodes.add({ instanceId: id }).instanceId).toBe(id);
  });

  it.each([
    "",
    "web-1",
    "i-0123456",
    "i-012345678",
    "mi-01234567",
    "i-0123456789abcdef01",
    "i-01234567\n",
    " i-01234567",
    "I-01234567",
    "i-0123-567",
  ])("is refused when AWS would refuse it: %j", (instanceId) => {
    expect(() => someNodes().nodes.add({ instanceId })).toThrow(
      `The instance id ${JSON.stringify(instanceId)} is one that AWS would refuse. Write "i-" and 8 or 17 letters or digits (or "mi-" and 17), such as "i-0123456789abcdef0", or leave it out.`,
    );
  });

  it("is refused when it is taken", () => {
    const { nodes } = someNodes();
    nodes.add({ instanceId: "i-01234567" });
    expect(() => nodes.add({ instanceId: "i-01234567" })).toThrow(
      "The fake has a node i-01234567 already. Leave the id out, and the fake makes one, or change the node that is there.",
    );
  });

  it("that was refused adds no node", () => {
    const { nodes } = someNodes();
    expect(() => nodes.add({ instanceId: "web-1" })).toThrow();
    expect(nodes.list()).toEqual([]);
  });
});

describe("a node", () => {
  it("is an online Linux node without tags unless said otherwise", () => {
    const { platform, tags, name, agent, state, access } = someNodes().nodes.add();
    expect({ platform, tags, name, agent, state, access }).toEqual({
      platform: "Linux",
      tags: {},
      name: "",
      agent: "online",
      state: "running",
      access: "allowed",
    });
  });

  it("behaves like the others unless said otherwise", () => {
    expect(someNodes().nodes.add().behavior).toEqual(succeeds());
  });

  it("is found by its id", () => {
    const { nodes } = someNodes();
    const node = nodes.add();
    expect(nodes.get(node.instanceId)).toBe(node);
  });

  it("is not found by another id", () => {
    expect(someNodes().nodes.get("i-01234567")).toBeUndefined();
  });

  it("is listed in the order of adding", () => {
    const { nodes } = someNodes();
    const [b, a] = [
      nodes.add({ instanceId: "i-bbbbbbbb" }),
      nodes.add({ instanceId: "i-aaaaaaaa" }),
    ];
    expect(nodes.list()).toEqual([b, a]);
  });

  it("keeps the tags that it has when it gets others", () => {
    const node = someNodes().nodes.add({ tags: { Role: "web", Env: "test" } });
    node.tag({ Env: "prod", Zone: "a" });
    expect(node.tags).toEqual({ Role: "web", Env: "prod", Zone: "a" });
  });

  it("does not share its tags with the caller who gave them", () => {
    const tags = { Role: "web" };
    const node = someNodes().nodes.add({ tags });
    tags.Role = "db";
    expect(node.tags).toEqual({ Role: "web" });
  });

  it("that goes offline cannot be reached", () => {
    const node = someNodes().nodes.add();
    node.goOffline();
    expect(node.agent).toBe("unreachable");
  });

  it("that comes back can be reached", () => {
    const node = someNodes().nodes.add({ agent: "unreachable" });
    node.comeBack();
    expect(node.agent).toBe("online");
  });

  it("that comes back is reported after what was due", () => {
    const { nodes, heard } = someNodes();
    const node = nodes.add({ instanceId: "i-01234567", agent: "unreachable" });
    heard.length = 0;
    node.comeBack();
    expect(heard).toEqual(["beforeChange", "cameBack i-01234567"]);
  });

  it.each([
    ["is tagged", (node: ReturnType<Nodes["add"]>) => node.tag({ Role: "web" })],
    ["goes offline", (node: ReturnType<Nodes["add"]>) => node.goOffline()],
    [
      "gets another behavior",
      (node: ReturnType<Nodes["add"]>) => {
        node.behavior = succeeds({ after: "5s" });
      },
    ],
  ])("that %s lets what is due run first", (_, change) => {
    const { nodes, heard } = someNodes();
    const node = nodes.add();
    heard.length = 0;
    change(node);
    expect(heard).toEqual(["beforeChange"]);
  });
});

describe("the behavior of a node", () => {
  it("is checked when the node is added", () => {
    const behavior = succeeds({ after: "90" as never });
    expect(() => someNodes().nodes.add({ behavior })).toThrow(
      'after of the behavior of i-00000000000000001 is "90", which is not a duration. Write a number with its unit (ms, s, m, h or d), such as "90s".',
    );
  });

  it("is checked when it is replaced", () => {
    const node = someNodes().nodes.add();
    expect(() => {
      node.behavior = { type: "explodes" } as never;
    }).toThrow('The behavior of i-00000000000000001 has the type "explodes".');
  });

  it("stays what it was when another one is refused", () => {
    const node = someNodes().nodes.add();
    expect(() => {
      node.behavior = { type: "explodes" } as never;
    }).toThrow();
    expect(node.behavior).toEqual(succeeds());
  });
});
