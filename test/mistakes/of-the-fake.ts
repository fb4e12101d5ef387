import { scaledClock, systemClock } from "ssm-run-command";
import { FakeSsm, fails, VirtualClock } from "ssm-run-command/fake";
import { inVirtualTime } from "ssm-run-command/fake/node";
import { js, type Mistakes } from "./mistake.ts";

export const MISTAKES_OF_THE_FAKE: Mistakes = {
  "The fake": [
    {
      code: 'new FakeSsm({ latancy: "worst" })',
      make: () => new FakeSsm(js({ latancy: "worst" })),
    },
    { code: "new FakeSsm({ node: [] })", make: () => new FakeSsm(js({ node: [] })) },
    { code: "new FakeSsm({ nodes: 3 })", make: () => new FakeSsm(js({ nodes: 3 })) },
    { code: "new FakeSsm({ nodes: [3] })", make: () => new FakeSsm(js({ nodes: [3] })) },
    {
      code: 'new FakeSsm({ latency: "no such word" })',
      make: () => new FakeSsm(js({ latency: "no such word" })),
    },
    {
      code: 'new FakeSsm({ latency: "mesured" })',
      make: () => new FakeSsm(js({ latency: "mesured" })),
    },
    {
      code: 'new FakeSsm({ latency: { callDelai: "1s" } })',
      make: () => new FakeSsm(js({ latency: { callDelai: "1s" } })),
    },
    {
      code: "new FakeSsm({ latency: { callDelay: 100 } })",
      make: () => new FakeSsm(js({ latency: { callDelay: 100 } })),
    },
    {
      code: "new FakeSsm({ pages: { most: 0 } })",
      make: () => new FakeSsm({ pages: { most: 0 } }),
    },
    {
      code: "new FakeSsm({ pages: { emptyfirst: true } })",
      make: () => new FakeSsm(js({ pages: { emptyfirst: true } })),
    },
    {
      code: 'new FakeSsm({ nodes: [{ clockSkew: "10m" }] })',
      make: () => new FakeSsm({ nodes: [{ clockSkew: "10m" }] }),
    },
    {
      code: 'new FakeSsm({ settings: { errorLimits: "reached" } })',
      make: () => new FakeSsm(js({ settings: { errorLimits: "reached" } })),
    },
    {
      code: 'new FakeSsm({ settings: { errorLimit: "reach" } })',
      make: () => new FakeSsm(js({ settings: { errorLimit: "reach" } })),
    },
    {
      code: 'new FakeSsm({ settings: { liveCounters: "yes" } })',
      make: () => new FakeSsm(js({ settings: { liveCounters: "yes" } })),
    },
    {
      code: 'new FakeSsm({ behavior: "fails" })',
      make: () => new FakeSsm(js({ behavior: "fails" })),
    },
    { code: "new FakeSsm({ behavior: fails })", make: () => new FakeSsm(js({ behavior: fails })) },
    { code: 'new FakeSsm({ access: "deny" })', make: () => new FakeSsm(js({ access: "deny" })) },
    { code: "new FakeSsm({ clock: Date })", make: () => new FakeSsm(js({ clock: Date })) },
    {
      code: 'new FakeSsm({ region: "US East" })',
      make: () => new FakeSsm(js({ region: "US East" })),
    },
    {
      code: "new FakeSsm({ accountId: 123456789012 })",
      make: () => new FakeSsm(js({ accountId: 123456789012 })),
    },
    { code: 'new FakeSsm({ seed: "one" })', make: () => new FakeSsm(js({ seed: "one" })) },
    { code: "new FakeSsm({ callTakes: 1 })", make: () => new FakeSsm(js({ callTakes: 1 })) },
    { code: "new FakeSsm({ warnAfter: 1000 })", make: () => new FakeSsm(js({ warnAfter: 1000 })) },
    {
      code: 'new FakeSsm({ journalSize: "all" })',
      make: () => new FakeSsm(js({ journalSize: "all" })),
    },
    { code: "new FakeSsm(new VirtualClock())", make: () => new FakeSsm(js(new VirtualClock())) },
    {
      code: "fake.timeline(commandId)",
      make: ({ fake }) => fake.timeline(js("7afa32e5-b1b5-4c8e-9c8e-1f3a5f0a6d2b")),
    },
    {
      code: "fake.timeline({ id: commandId })",
      make: ({ fake }) => fake.timeline(js({ id: "7afa32e5" })),
    },
    {
      code: 'fake.journal.entries("SendComand")',
      make: ({ fake }) => fake.journal.entries(js("SendComand")),
    },
    {
      code: "fake.journal.entries({ parameters: true })",
      make: ({ fake }) => fake.journal.entries(js({ parameters: true })),
    },
    {
      code: "fake.parameters.set(name, value, { secret: true })",
      make: ({ fake }) => fake.parameters.set("name", "value", js({ secret: true })),
    },
    {
      code: "fake.groups.set(name, { ids: [] })",
      make: ({ fake }) => fake.groups.set("web", js({ ids: [] })),
    },
    {
      code: "fake.groups.set(name, { instanceIds: [], type: 1 })",
      make: ({ fake }) => fake.groups.set("web", js({ instanceIds: [], type: 1 })),
    },
    {
      code: 'fake.alarms.set("cpu", "alarm")',
      make: ({ fake }) => fake.alarms.set("cpu", js("alarm")),
    },
    {
      code: 'fake.objects.setBucket("output", { access: "deny" })',
      make: ({ fake }) => fake.objects.setBucket("output", js({ access: "deny" })),
    },
    {
      code: "fake.client({ maxAttempt: 5 })",
      make: ({ fake }) => fake.client(js({ maxAttempt: 5 })),
    },
    { code: 'fake.client("eu-west-1")', make: ({ fake }) => fake.client(js("eu-west-1")) },
    {
      code: "fake.logs.clientConfig({ attempts: 5 })",
      make: ({ fake }) => fake.logs.clientConfig(js({ attempts: 5 })),
    },
    {
      code: "fake.documents.add(document)",
      make: ({ fake }) => fake.documents.add(js({ schemaVersion: "2.2" }), js(undefined)),
    },
    {
      code: "fake.notifications.on(undefined)",
      make: ({ fake }) => fake.notifications.on(js(undefined)),
    },
  ],
  Clocks: [
    {
      code: 'new VirtualClock({ begin: "2030-01-01" })',
      make: () => new VirtualClock(js({ begin: "2030-01-01" })),
    },
    {
      code: "new VirtualClock({ start: new Date() })",
      make: () => new VirtualClock(js({ start: new Date(0) })),
    },
    {
      code: 'new VirtualClock({ start: "tomorrow" })',
      make: () => new VirtualClock({ start: "tomorrow" }),
    },
    {
      code: "new VirtualClock({ skip: false })",
      make: () => new VirtualClock(js({ skip: false })),
    },
    {
      code: 'new VirtualClock({ skips: "no" })',
      make: () => new VirtualClock(js({ skips: "no" })),
    },
    {
      code: "new VirtualClock({ warnAfter: 5 })",
      make: () => new VirtualClock(js({ warnAfter: 5 })),
    },
    {
      code: "new VirtualClock({ runawayLimit: 0 })",
      make: () => new VirtualClock({ runawayLimit: 0 }),
    },
    { code: 'new VirtualClock("2030-01-01")', make: () => new VirtualClock(js("2030-01-01")) },
    { code: "fake.clock.advance(90)", make: ({ fake }) => fake.clock.advance(js(90)) },
    { code: "fake.clock.sleep(90)", make: ({ fake }) => fake.clock.sleep(js(90)) },
    { code: 'scaledClock("60")', make: () => scaledClock(js("60")) },
    {
      code: "inVirtualTime(async () => {})",
      make: () =>
        inVirtualTime(
          js(async () => {}),
          js(undefined),
        ),
    },
    {
      code: "inVirtualTime(fake, run, { start })",
      make: ({ fake }) =>
        Reflect.apply(inVirtualTime, undefined, [fake, () => {}, { start: "now" }]),
    },
    { code: "inVirtualTime(fake)", make: ({ fake }) => inVirtualTime(fake, js(undefined)) },
    {
      code: "inVirtualTime(fakeOnSystemClock, run)",
      make: () => inVirtualTime(new FakeSsm({ clock: systemClock }), () => {}),
    },
  ],
};
