import { SSM, SSMServiceException } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";
import { rejectionOf } from "../../support/rejection.ts";

/** An operation that both the object API and a real client have as a method. */
type Method = "sendCommand" | "listCommands" | "describeInstanceInformation";

/** A request in which a value stands where another belongs. */
type Place = readonly [name: string, method: Method, around: (value: unknown) => object];

const SENT = { ...SCRIPT, InstanceIds: [nodeId(1)] };
const TARGETED = { ...SCRIPT, Targets: [{ Key: "InstanceIds", Values: [nodeId(1)] }] };

/** Members of each kind. Where text, a number or a list belongs, the SDK writes what it is given, elsewhere its members. */
const PLACES: readonly Place[] = [
  ...[
    "DocumentName",
    "InstanceIds",
    "TimeoutSeconds",
    "Comment",
    "MaxErrors",
    "MaxConcurrency",
  ].map(
    (member): Place => [
      `SendCommand.${member}`,
      "sendCommand",
      (value) => ({ ...SENT, [member]: value }),
    ],
  ),
  ...["Parameters", "NotificationConfig", "CloudWatchOutputConfig", "AlarmConfiguration"].map(
    (member): Place => [
      `SendCommand.${member}`,
      "sendCommand",
      (value) => ({ ...SENT, [member]: value }),
    ],
  ),
  ["a target", "sendCommand", (value) => ({ ...SCRIPT, Targets: [value] })],
  ["a filter", "listCommands", (value) => ({ Filters: [value] })],
  ["an item of InstanceIds", "sendCommand", (value) => ({ ...SENT, InstanceIds: [value] })],
  ["SendCommand.Targets", "sendCommand", (value) => ({ ...SCRIPT, Targets: value })],
  [
    "a value of Parameters",
    "sendCommand",
    (value) => ({ ...SENT, Parameters: { commands: value } }),
  ],
  ["a script", "sendCommand", (value) => ({ ...SENT, Parameters: { commands: ["true", value] } })],
  [
    "the key of a target",
    "sendCommand",
    (value) => ({ ...SCRIPT, Targets: [{ Key: value, Values: ["web"] }] }),
  ],
  ...["CommandId", "InstanceId", "MaxResults", "NextToken", "Filters"].map(
    (member): Place => [`ListCommands.${member}`, "listCommands", (value) => ({ [member]: value })],
  ),
  ...["Filters", "MaxResults", "NextToken"].map(
    (member): Place => [
      `DescribeInstanceInformation.${member}`,
      "describeInstanceInformation",
      (value) => ({ [member]: value }),
    ],
  ),
  [
    "the values of a filter",
    "describeInstanceInformation",
    (value) => ({ Filters: [{ Key: "InstanceIds", Values: value }] }),
  ],
];

/** Values that no caller means, and that the SDK can send. They are made anew for each call. */
const SENDABLE: readonly (readonly [name: string, make: () => unknown])[] = [
  ["null", () => null],
  ["undefined", () => undefined],
  ["NaN", () => Number.NaN],
  ["Infinity", () => Number.POSITIVE_INFINITY],
  ["-Infinity", () => Number.NEGATIVE_INFINITY],
  ["minus zero", () => -0],
  ["a fraction", () => 1.5],
  ["a number that is written with an exponent", () => 1e21],
  ["a boolean", () => true],
  ["an empty text", () => ""],
  ["a symbol", () => Symbol("text")],
  ["a function", () => () => "text"],
  ["a list of symbols", () => [Symbol("text")]],
  ["a boxed text", () => new String("text")],
  ["an empty list", () => []],
  ["a list of undefined", () => [undefined]],
  ["a list with null in it", () => [null, nodeId(1)]],
  ["a list with a hole", () => Object.assign([], { 1: nodeId(1) })],
  ["a list of NaN", () => [Number.NaN]],
  ["an empty object", () => ({})],
  ["an object whose toString is a number", () => ({ toString: 1 })],
  ["an object with the key __proto__", () => JSON.parse('{"__proto__":{"Key":"a"}}') as unknown],
  ["an object without a prototype", () => Object.create(null) as unknown],
  ["an object with a toJSON", () => ({ toJSON: () => "text" })],
];

/** Values that no JSON can say, over which the SDK itself stumbles. */
const UNSENDABLE: readonly (readonly [name: string, make: () => unknown])[] = [
  [
    "an object whose getter throws",
    () => Object.defineProperty({}, "Key", { enumerable: true, get: thrower }),
  ],
  ["an object whose toJSON throws", () => ({ toJSON: thrower })],
  ["an object inside itself", () => circular()],
  ["a proxy whose traps throw", () => new Proxy({}, { ownKeys: thrower, get: thrower })],
  ["a list behind such a proxy", () => new Proxy(["a"], { ownKeys: thrower, get: thrower })],
  ["a list with a bigint", () => [50n]],
  ["a date that is none", () => new Date(Number.NaN)],
  ["ten thousand levels", () => nested(10_000)],
];

function thrower(): never {
  throw new TypeError("Code of the caller threw.");
}

function circular(): object {
  const value: Record<string, unknown> = {};
  value["Key"] = value;
  return value;
}

function nested(levels: number): unknown {
  let value: unknown = "deepest";
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** A road to a fake of its own, whose ids are those of every other one. */
type Road = Pick<FakeSsm, Method>;

const aFake = () => new FakeSsm({ nodes: [{ instanceId: nodeId(1) }] });

/** What a call with the value in each of these places comes to, each on a road of its own. */
async function answersIn(
  places: readonly Place[],
  make: () => unknown,
  open: () => Road,
): Promise<Readonly<Record<string, string>>> {
  const answers = places.map(async ([name, method, around]) => {
    const road = open();
    // The types forbid every one of these requests.
    const call: (request: never) => Promise<unknown> = road[method];
    const answer = await call.call(road, around(make()) as never).then(
      () => "answered",
      (reason: unknown) => said(reason),
    );
    return [name, answer] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** An error of the service as callers see it; of any other error, that it is another. */
function said(reason: unknown): string {
  if (reason instanceof SSMServiceException) return `${reason.name}: ${reason.message}`;
  return `not of the service: ${String(reason)}`;
}

const isOfService = (answer: string) => !answer.startsWith("not of the service");

describe("in place of any value", () => {
  it.each(SENDABLE)("%s gets the answer that a real client gets", async (_, make) => {
    const overSdk = await answersIn(PLACES, make, () => new SSM(aFake().clientConfig()));
    expect(await answersIn(PLACES, make, aFake)).toEqual(overSdk);
  });

  it.each(UNSENDABLE)("%s never ends in an error of JavaScript", async (_, make) => {
    const answers = await answersIn(PLACES, make, aFake);
    const odd = Object.entries(answers).filter(([, answer]) => !isOfService(answer));
    expect([Object.keys(answers).length, odd]).toEqual([PLACES.length, []]);
  });
});

describe("a request that is no object", () => {
  it.each([["text"], [5], [true], [Number.NaN], [50n]])(
    "is refused as one that cannot be read, with what it is: %s",
    async (request) => {
      const refused = await rejectionOf(aFake().listCommands(request as never));
      expect(refused).toMatchObject({
        name: "SerializationException",
        cause: {
          message: expect.stringMatching(/^The request is a .*, and has to be an object\.$/),
        },
      });
    },
  );

  it.each([[null], [undefined], [() => 1], [Symbol("text")], [[1]], [new Date(0)]])(
    "and of which no member is known is an empty one: %s",
    async (request) => {
      expect((await aFake().listCommands(request as never)).Commands).toEqual([]);
    },
  );
});

describe("a command that was sent with an odd value in it", () => {
  it.each<readonly [what: string, odd: object]>([
    ["an undefined item", { InstanceIds: [undefined, nodeId(1)] }],
    ["a hole in a list", { InstanceIds: Object.assign([], { 1: nodeId(1) }) }],
    ["a number in boxes", { TimeoutSeconds: new Number(60) }],
    ["a bigint", { TimeoutSeconds: 60n }],
    ["a key that is a symbol", { [Symbol("x")]: 1 }],
    ["the key __proto__", JSON.parse('{"__proto__":{"DocumentName":5}}') as object],
    [
      "a member whose getter throws",
      Object.defineProperty({}, "Comment", { enumerable: true, get: thrower }),
    ],
  ])("comes to its end: %s", async (_, odd) => {
    const fake = aFake();
    const request = Object.defineProperties({ ...SENT }, Object.getOwnPropertyDescriptors(odd));
    await fake.sendCommand(request as never);
    await fake.clock.advance("2h");
    const { Commands = [] } = await fake.listCommands({});
    expect(Commands.map(({ Status }) => Status)).toEqual(["Success"]);
  });

  it("is the same command as one without it, for every reader", async () => {
    const [odd, plain] = [aFake(), aFake()];
    await odd.sendCommand({ ...TARGETED, Comment: undefined, [Symbol("x")]: 1 } as never);
    await plain.sendCommand(TARGETED);
    expect([odd.timeline(), odd.journal.entries()]).toEqual([
      plain.timeline(),
      plain.journal.entries(),
    ]);
  });
});
