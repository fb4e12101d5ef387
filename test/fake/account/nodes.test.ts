import { describe, expect, it } from "vitest";
import { Nodes } from "../../../src/fake/account/nodes.ts";
import { succeeds } from "../../../src/fake/agents/behavior.ts";

/** Nodes, and the changes that are reported to the service. */
function someNodes() {
  const heard: string[] = [];
  const nodes = new Nodes(succeeds(), {
    region: "eu-west-1",
    now: () => 0,
    undelivered: () => 0,
    removed: () => heard.push("removed"),
    beforeChange: () => heard.push("beforeChange"),
    cameBack: ({ instanceId }) => heard.push(`cameBack ${instanceId}`),
  });
  return { nodes, heard };
}

const HYBRID = "mi-0123456789abcdef0";

describe("the operating system of a node", () => {
  it.each(["", 5, null])("is text: %j is refused", (given) => {
    const options = { platformName: given } as unknown as { platformName: string };
    expect(() => someNodes().nodes.add(options)).toThrow(
      `The platformName of node i-00000000000000001 is ${JSON.stringify(given)}. Write text, or leave it out.`,
    );
  });
});

describe("the address of a node", () => {
  it("is private, made from its id, and neither that of a network nor a broadcast", () => {
    const { nodes } = someNodes();
    const addresses = Array.from({ length: 1_000 }, () => nodes.add().ipAddress);
    expect(addresses.filter((address) => !/^10(\.\d{1,3}){3}$/.test(address))).toEqual([]);
    expect(addresses.filter((address) => /\.(0|255)$/.test(address))).toEqual([]);
  });

  it("is the same in every run", () => {
    expect(someNodes().nodes.add().ipAddress).toBe(someNodes().nodes.add().ipAddress);
  });

  it("is another one for each of a thousand nodes with ids in order", () => {
    const { nodes } = someNodes();
    const addresses = new Set(Array.from({ length: 1_000 }, () => nodes.add().ipAddress));
    expect(addresses.size).toBe(1_000);
  });

  it.each(["name", "computerName"])("is the one that its %s tells", (member) => {
    const node = someNodes().nodes.add({ [member]: "ip-172-31-44-222.us-west-2.compute.internal" });
    expect(node.ipAddress).toBe("172.31.44.222");
  });

  it.each(["ip-300-0-0-1.ec2.internal", "ip-10-0-0-1x", "web-ip-10-0-0-1", "ip-10-0-0-01"])(
    "is not read from a name that holds none: %s",
    (name) => {
      const node = someNodes().nodes.add({ instanceId: "i-0123456789abcdef0", name });
      const other = someNodes().nodes.add({ instanceId: "i-0123456789abcdef0" });
      expect(node.ipAddress).toBe(other.ipAddress);
    },
  );

  it("of a hybrid node is not read from what its activation calls it", () => {
    const node = someNodes().nodes.add({ instanceId: HYBRID, name: "ip-172-31-44-222" });
    expect(node.ipAddress).not.toBe("172.31.44.222");
  });

  it.each(["10.0.0.5", "203.0.113.0", "2001:db8::5", "::ffff:10.0.0.5"])(
    "may be %s",
    (ipAddress) => {
      expect(someNodes().nodes.add({ ipAddress }).ipAddress).toBe(ipAddress);
    },
  );
});

describe("the computer name of a node", () => {
  it("is the name of an EC2 instance", () => {
    expect(someNodes().nodes.add({ name: "web-1" }).computerName).toBe("web-1");
  });

  it("can be another than the name", () => {
    const { name, computerName } = someNodes().nodes.add({ name: "web-1", computerName: "w1" });
    expect([name, computerName]).toEqual(["web-1", "w1"]);
  });

  it("is made from the address, with the domain of the region", () => {
    const node = someNodes().nodes.add({ ipAddress: "10.0.0.5" });
    expect(node.computerName).toBe("ip-10-0-0-5.eu-west-1.compute.internal");
  });

  it("is made from the id where the address is IPv6", () => {
    const node = someNodes().nodes.add({ ipAddress: "2001:db8::5" });
    expect(node.computerName).toBe("i-00000000000000001.eu-west-1.compute.internal");
  });

  it("of a Windows instance is one as AWS's images make it", () => {
    const { computerName } = someNodes().nodes.add({ platform: "Windows" });
    expect(computerName).toMatch(/^EC2AMAZ-[0-9A-Z]{7}\.WORKGROUP$/);
  });

  it("of a hybrid node is neither its name nor one of EC2", () => {
    const options = { instanceId: HYBRID, name: "db-1", ipAddress: "10.0.0.5" };
    expect(someNodes().nodes.add(options).computerName).toBe("ip-10-0-0-5");
  });

  it("of a hybrid node with Windows is one as its setup makes it", () => {
    const node = someNodes().nodes.add({ instanceId: HYBRID, platform: "Windows" });
    expect(node.computerName).toMatch(/^WIN-[0-9A-Z]{11}\.WORKGROUP$/);
  });
});

describe("the registration of a node", () => {
  it("is none for an EC2 instance", () => {
    const { activationId, iamRole, registrationDate } = someNodes().nodes.add();
    expect([activationId, iamRole, registrationDate]).toEqual([undefined, undefined, undefined]);
  });

  it("of a hybrid node was a day before it was added, with the role of the console", () => {
    const { iamRole, registrationDate } = someNodes().nodes.add({ instanceId: HYBRID });
    expect({ iamRole, registrationDate }).toEqual({
      iamRole: "service-role/AmazonEC2RunCommandRoleForManagedInstances",
      registrationDate: "1969-12-31T00:00:00.000Z",
    });
  });

  it("of a hybrid node has an activation that is the same in every run", () => {
    const [one, same, other] = [HYBRID, HYBRID, "mi-0123456789abcdef1"].map(
      (instanceId) => someNodes().nodes.add({ instanceId }).activationId,
    );
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it("is what a hybrid node is given", () => {
    const given = {
      iamRole: "Servers",
      activationId: "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca",
      registrationDate: "2021-05-13T15:51:04.127Z",
    };
    expect(someNodes().nodes.add({ instanceId: HYBRID, ...given })).toMatchObject(given);
  });

  it("may be the role of an EC2 instance", () => {
    expect(someNodes().nodes.add({ iamRole: "Hosts" }).iamRole).toBe("Hosts");
  });

  it.each([
    { activationId: "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca" },
    { registrationDate: "2021-05-13" },
  ])("is refused for an EC2 instance: %j", (given) => {
    const [member] = Object.keys(given);
    expect(() => someNodes().nodes.add(given)).toThrow(
      new TypeError(
        `The node i-00000000000000001 has a member ${member}, which only hybrid nodes have. Give it an id that begins with "mi-", or leave ${member} out.`,
      ),
    );
  });
});

describe("a text of a node", () => {
  const ADDRESS = 'an address such as "10.0.0.5"';
  const VERSION = 'three or four numbers with dots, such as "3.3.5226.0"';
  const UUID = 'a UUID in lower case, such as "5743558d-563b-4457-8682-d16c3e0a1b2c"';
  const DATE = 'a date, or an instant with its zone, such as "2024-01-01T00:00:00.000Z"';

  it.each([
    ["name", 5, "text"],
    ["platformVersion", "", "text"],
    ["ipAddress", "", ADDRESS],
    ["ipAddress", "10.0.0", ADDRESS],
    ["ipAddress", "10.0.0.256", ADDRESS],
    ["ipAddress", "10.0.0.05", ADDRESS],
    ["ipAddress", "10.0.0.5/24", ADDRESS],
    ["ipAddress", "2001:db8:::5", ADDRESS],
    ["computerName", "", "a name of 1 to 255 characters"],
    ["computerName", "a".repeat(256), "a name of 1 to 255 characters"],
    ["agentVersion", "latest", VERSION],
    ["agentVersion", "3.3", VERSION],
    ["iamRole", "", "the name of a role, of 1 to 64 characters"],
    ["iamRole", "a".repeat(65), "the name of a role, of 1 to 64 characters"],
    ["activationId", "58DC667C-EAD7-43E8-88F0-E6F4B3EA4FCA", UUID],
    ["registrationDate", "yesterday", DATE],
    ["registrationDate", "2021-13-01", DATE],
    ["registrationDate", "2021-05-13T15:51:04", DATE],
  ])("is refused where AWS has no such %s: %j", (member, given, allowed) => {
    expect(() => someNodes().nodes.add({ instanceId: HYBRID, [member]: given })).toThrow(
      new TypeError(
        `The ${member} of node ${HYBRID} is ${JSON.stringify(given)}. Write ${allowed}, or leave it out.`,
      ),
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
    const behavior = { type: "exits", after: "90" as never } as const;
    expect(() => someNodes().nodes.add({ behavior })).toThrow(
      'after of the behavior of i-00000000000000001 is "90", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
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
