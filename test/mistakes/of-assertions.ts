import * as ssm from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, type SentCommand } from "ssm-run-command";
import {
  assertNothingSent,
  assertNoUnusedTrouble,
  assertReached,
  assertSent,
  assertSentOnce,
  assertSucceeded,
  FakeSsm,
} from "ssm-run-command/fake";
import "ssm-run-command/vitest";
import { expect } from "vitest";
import { ID, js, type Mistakes, type Place } from "./mistake.ts";

const sent = ({ fake }: Place) =>
  new RunCommandClient(fake).send({ ...runShellScript("uptime"), InstanceIds: [ID] });
/** A wait whose end nobody hears of, as when it is not awaited. */
const wait = ({ waitForTerminal }: SentCommand) => {
  const waiting = waitForTerminal();
  waiting.catch(() => {});
  return waiting;
};
/** For what the types of matchers refuse. */
const unknown = (value: unknown) => value;

export const MISTAKES_OF_ASSERTIONS: Mistakes = {
  Assertions: [
    {
      code: "assertSent(fake, { documentName: name })",
      make: ({ fake }) => assertSent(fake, js({ documentName: "AWS-RunShellScript" })),
    },
    {
      code: 'assertSent(fake, { maxErrors: "1" })',
      make: ({ fake }) => assertSent(fake, js({ maxErrors: "1" })),
    },
    {
      code: "assertSent(fake, { MaxErrors: 1 })",
      make: ({ fake }) => assertSent(fake, js({ MaxErrors: 1 })),
    },
    {
      code: "assertSent(fake, { documnt: expect.any(String) })",
      make: ({ fake }) => assertSent(fake, js({ documnt: expect.any(String) })),
    },
    { code: "assertSent(fake, null)", make: ({ fake }) => assertSent(fake, js(null)) },
    { code: "assertSent(fake, [{ … }])", make: ({ fake }) => assertSent(fake, js([{}])) },
    { code: "assertSent(fake, new Map())", make: ({ fake }) => assertSent(fake, js(new Map())) },
    {
      code: "assertSent(fake, { parameters: new Map(…) })",
      make: ({ fake }) => assertSent(fake, js({ parameters: new Map([["commands", ["uptime"]]]) })),
    },
    {
      code: "assertSent(fake, { parameters: { commands: [1n] } })",
      make: ({ fake }) => assertSent(fake, js({ parameters: { commands: [1n] } })),
    },
    {
      code: "assertSent(fake, { times: 1.5 })",
      make: ({ fake }) => assertSent(fake, { times: 1.5 }),
    },
    {
      code: "assertSucceeded({ kind, command: null, invocations: [] })",
      make: () => assertSucceeded(js({ kind: "failed", command: null, invocations: [] })),
    },
    {
      code: "assertSent(fake, { times: -1 })",
      make: ({ fake }) => assertSent(fake, { times: -1 }),
    },
    {
      code: 'assertSent(fake, { times: "twice" })',
      make: ({ fake }) => assertSent(fake, js({ times: "twice" })),
    },
    {
      code: "assertSent(fake, expect.objectContaining({ … }))",
      make: ({ fake }) => assertSent(fake, expect.objectContaining({ document: "release" })),
    },
    {
      code: "assertSent(fake, { comment: /nightly/ })",
      make: ({ fake }) => assertSent(fake, js({ comment: /nightly/ })),
    },
    {
      code: "assertSent(fake, { parameters: { commands: [/deploy/] } })",
      make: ({ fake }) => assertSent(fake, js({ parameters: { commands: [/deploy/] } })),
    },
    {
      code: "assertSent(fake, { targets: [node] })",
      make: ({ fake }) => assertSent(fake, js({ targets: fake.nodes.list() })),
    },
    {
      code: "assertSent(fake, { CloudWatchOutputConfig: { CloudWatchOutputEnabeld: true } })",
      make: ({ fake }) =>
        assertSent(fake, js({ CloudWatchOutputConfig: { CloudWatchOutputEnabeld: true } })),
    },
    {
      code: "assertSent(fake, { commandId })",
      make: ({ fake }) => assertSent(fake, js({ commandId: "7afa32e5" })),
    },
    {
      code: "assertSent(fake, { … }, { times: 5 })",
      make: ({ fake }) => Reflect.apply(assertSent, undefined, [fake, {}, { times: 5 }]),
    },
    {
      code: 'assertSent(fake, "AWS-RunShellScript")',
      make: ({ fake }) => assertSent(fake, js("AWS-RunShellScript")),
    },
    {
      code: "assertSent(fake, SendCommandCommand, { … })",
      make: ({ fake }) => assertSent(fake, js(ssm.SendCommandCommand)),
    },
    {
      code: 'assertSent(fake, { parameters: ["uptime"] })',
      make: ({ fake }) => assertSent(fake, js({ parameters: ["uptime"] })),
    },
    {
      code: 'assertSent(fake, { Parameters: { commands: "uptime" } })',
      make: ({ fake }) => assertSent(fake, js({ Parameters: { commands: "uptime" } })),
    },
    {
      code: "assertSent(fake, { target: [] })",
      make: ({ fake }) => assertSent(fake, js({ target: [] })),
    },
    {
      code: 'assertSent(fake, { targets: { Role: "web" } })',
      make: ({ fake }) => assertSent(fake, js({ targets: { Role: "web" } })),
    },
    {
      code: 'assertSent(fake, { parameters: { commands: "uptime" } })',
      make: ({ fake }) => assertSent(fake, js({ parameters: { commands: "uptime" } })),
    },
    { code: "assertSent(FakeSsm)", make: () => assertSent(js(FakeSsm)) },
    { code: "assertSent(fake.client())", make: ({ fake }) => assertSent(js(fake.client())) },
    {
      code: "assertSentOnce(fake, { times: 1 })",
      make: ({ fake }) => assertSentOnce(fake, js({ times: 1 })),
    },
    {
      code: "assertSentOnce(fake, { time: 1 })",
      make: ({ fake }) => assertSentOnce(fake, js({ time: 1 })),
    },
    {
      code: 'assertSentOnce(fake, "AWS-RunShellScript")',
      make: ({ fake }) => assertSentOnce(fake, js("AWS-RunShellScript")),
    },
    {
      code: "assertSentOnce(fake, { … }, { … })",
      make: ({ fake }) => Reflect.apply(assertSentOnce, undefined, [fake, {}, {}]),
    },
    {
      code: "assertSentOnce(fake.client())",
      make: ({ fake }) => assertSentOnce(js(fake.client())),
    },
    {
      code: "assertSentOnce(fake), of a command that was sent twice",
      make: async (at) => {
        await sent(at);
        await sent(at);
        assertSentOnce(at.fake);
      },
    },
    {
      code: 'assertReached(fake, "Succes")',
      make: ({ fake }) => assertReached(fake, js("Succes")),
    },
    {
      code: 'assertReached(fake, "Success", { node: id })',
      make: ({ fake }) => assertReached(fake, "Success", js({ node: ID })),
    },
    {
      code: 'assertReached(fake, "Success", id)',
      make: ({ fake }) => assertReached(fake, "Success", js(ID)),
    },
    {
      code: 'assertReached(fake, "Success", { on: "no such id" })',
      make: async (at) => {
        await sent(at);
        assertReached(at.fake, "Success", { on: "i-nope" });
      },
    },
    {
      code: 'assertReached(fake, "Success", { on }, { commandId })',
      make: ({ fake }) =>
        Reflect.apply(assertReached, undefined, [fake, "Success", {}, { commandId: "7afa32e5" }]),
    },
    {
      code: "assertSucceeded(fake, commandId)",
      make: ({ fake }) => assertSucceeded(fake, js("7afa32e5")),
    },
    { code: "assertSucceeded({ kind })", make: () => assertSucceeded(js({ kind: "succeeded" })) },
    {
      code: "assertSucceeded(sent)",
      make: async (at) => assertSucceeded(js(await sent(at))),
    },
    {
      code: "assertSucceeded(sent.waitForTerminal())",
      make: async (at) => assertSucceeded(js(wait(await sent(at)))),
    },
    {
      code: "assertSucceeded(outcome, { commandId })",
      make: async (at) =>
        assertSucceeded(js(await (await sent(at)).waitForTerminal()), { commandId: "7afa32e5" }),
    },
    {
      code: "assertNothingSent(fake.client())",
      make: ({ fake }) => assertNothingSent(js(fake.client())),
    },
    {
      code: "assertNothingSent(fake, { … })",
      make: ({ fake }) =>
        Reflect.apply(assertNothingSent, undefined, [fake, { document: "release" }]),
    },
    {
      code: 'assertNoUnusedTrouble(fake, "throttle")',
      make: ({ fake }) => Reflect.apply(assertNoUnusedTrouble, undefined, [fake, "throttle"]),
    },
    {
      code: "assertNoUnusedTrouble(fake.faults)",
      make: ({ fake }) => assertNoUnusedTrouble(js(fake.faults)),
    },
  ],
  Matchers: [
    {
      code: "expect(fake.client()).toHaveSentCommand()",
      make: ({ fake }) => expect(unknown(fake.client())).toHaveSentCommand(),
    },
    {
      code: 'expect(fake).toHaveSentCommand({ documnt: "release" })',
      make: ({ fake }) => expect(fake).toHaveSentCommand(js({ documnt: "release" })),
    },
    {
      code: "expect(fake).toHaveSentCommand(SendCommandCommand, { … })",
      make: ({ fake }) => expect(fake).toHaveSentCommand(js(ssm.SendCommandCommand)),
    },
    {
      code: "expect(fake).toHaveSentCommand({ … }, { times: 5 })",
      make: ({ fake }) => {
        const assertion = expect(fake);
        return Reflect.apply(assertion.toHaveSentCommand, assertion, [{}, { times: 5 }]);
      },
    },
    {
      code: "expect(runCommand).toHaveSentCommand()",
      make: ({ fake }) => expect(unknown(new RunCommandClient(fake))).toHaveSentCommand(),
    },
    {
      code: "expect(outcome.invocations).toHaveSucceeded()",
      make: async (at) => {
        const { invocations } = await (await sent(at)).waitForTerminal();
        expect(unknown(invocations)).toHaveSucceeded();
      },
    },
    {
      code: "expect(fake).toHaveSentCommand()",
      make: ({ fake }) => expect(fake).toHaveSentCommand(),
    },
    {
      code: 'expect(fake).not.toHaveReached("Failed", { on: "no such id" })',
      make: async (at) => {
        await sent(at);
        expect(at.fake).not.toHaveReached("Failed", { on: "i-nope" });
      },
    },
    {
      code: 'expect(fake).not.toHaveReached("Delivery Timed Out")',
      make: ({ fake }) => expect(fake).not.toHaveReached(js("Delivery Timed Out")),
    },
    {
      code: "expect(fake).not.toHaveReached()",
      make: ({ fake }) => expect(fake).not.toHaveReached(js(undefined)),
    },
    {
      code: 'expect(fake).toHaveReached("Failed", { node: id })',
      make: ({ fake }) => expect(fake).toHaveReached("Failed", js({ node: ID })),
    },
    {
      code: "expect(sent.waitForTerminal()).toHaveSucceeded()",
      make: async (at) => expect(wait(await sent(at))).toHaveSucceeded(),
    },
    {
      code: "expect(sent).not.toHaveSucceeded()",
      make: async (at) => expect(unknown(await sent(at))).not.toHaveSucceeded(),
    },
    {
      code: "expect(fake.faults).toHaveNoUnusedTrouble()",
      make: ({ fake }) => expect(unknown(fake.faults)).toHaveNoUnusedTrouble(),
    },
    {
      code: "expect(explore(deploy)).toBeClean()",
      make: () => expect(unknown(Promise.resolve({}))).toBeClean(),
    },
    {
      code: "expect(report.wrong).not.toBeClean()",
      make: () => expect(unknown([])).not.toBeClean(),
    },
  ],
};
