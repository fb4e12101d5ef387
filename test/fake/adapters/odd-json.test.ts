import { paginateListCommands } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { SSM_OPERATIONS } from "../../../src/fake/calls/operation-name.ts";
import { SSM_TABLE } from "../../../src/fake/ssm/ssm-service.ts";
import { callRaw } from "../../support/wire-call.ts";

/** JSON that no caller means, as text: some of it cannot be written as a value of JavaScript. */
const ODD = [
  '{"toString":1}',
  '{"__proto__":{"toString":1}}',
  '{"constructor":null,"length":-1}',
  '{"then":{}}',
  "[null]",
  "[[[]]]",
  '[{"toString":1}]',
  '[{"__proto__":[]}]',
  "1e999",
  "-0",
  "1e21",
  "0.1",
  "9007199254740993",
  "false",
  '""',
  '"__proto__"',
  '"toString"',
  '"\\ud800"',
  '"\\u0000"',
  `"${"\u{1f642}".repeat(30_000)}"`,
  `${"[".repeat(98)}${"]".repeat(98)}`,
];

/** Members that a request needs before the odd one is looked at. */
const NEEDED: Readonly<Record<string, string>> = {
  DocumentName: '"AWS-RunShellScript"',
  Name: '"Own-Document"',
  Content: '"{}"',
  Parameters: '{"commands":["true"]}',
  InstanceIds: '["i-00000000000000001"]',
  InstanceId: '"i-00000000000000001"',
  CommandId: '"00000000-0000-0000-0000-000000000000"',
};

/** Requests of an operation: each of its members once with each odd value, and one that is odd itself. */
function oddRequests(operation: (typeof SSM_OPERATIONS)[number]): readonly string[] {
  const members = Object.keys(SSM_TABLE[operation].members);
  const needed = members.filter((member) => Object.hasOwn(NEEDED, member));
  const inPlaces = members.flatMap((odd) =>
    ODD.map((json) => {
      const others = needed.filter((member) => member !== odd);
      const pairs = [
        ...others.map((member) => `"${member}":${NEEDED[member]}`),
        `"${odd}":${json}`,
      ];
      return `{${pairs.join()}}`;
    }),
  );
  return [...ODD, ...inPlaces];
}

const aFake = () => new FakeSsm({ nodes: [{ instanceId: "i-00000000000000001" }] });

describe("odd JSON in place of any member, whatever the operation", () => {
  it.each(SSM_OPERATIONS)(
    "is answered or refused, never a mistake of the fake: %s",
    async (name) => {
      const fake = aFake();
      const requests = oddRequests(name);
      const statuses = new Set<number>();
      for (const body of requests) statuses.add((await callRaw(fake, name, body)).statusCode);
      expect([
        requests.length > ODD.length,
        [...statuses].filter((status) => status >= 500),
      ]).toEqual([true, []]);
    },
  );

  it("leaves no command that never ends", async () => {
    const fake = aFake();
    for (const body of oddRequests("SendCommand")) await callRaw(fake, "SendCommand", body);
    await fake.clock.advance("72h");
    const statuses: (string | undefined)[] = [];
    for await (const { Commands = [] } of paginateListCommands({ client: fake.client() }, {})) {
      statuses.push(...Commands.map(({ Status }) => Status));
    }
    expect([statuses.length > 0, statuses.filter((status) => status !== "Success")]).toEqual([
      true,
      [],
    ]);
  });

  it("gets over HTTP what it gets without", async () => {
    const served = await serveFakeSsm(aFake(), { log: () => {} });
    onTestFinished(() => served.close());
    const without = aFake();
    const over = async (body: string) => {
      const answer = await fetch(served.url, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": "AmazonSSM.CreateDocument",
        },
        body,
      });
      return { statusCode: answer.status, text: await answer.text() };
    };
    const answers: (readonly [over: object, without: object])[] = [];
    for (const body of oddRequests("CreateDocument")) {
      answers.push([await over(body), await callRaw(without, "CreateDocument", body)]);
    }
    expect(answers.map(([given]) => given)).toEqual(answers.map(([, given]) => given));
  });
});
