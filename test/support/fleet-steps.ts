import fc from "fast-check";
import type {
  AlarmState,
  Lateness,
  SendAct,
  WalkBehavior,
  WalkNode,
  WalkSetup,
} from "./fleet-acts.ts";

/** A step of a walk. It names nodes and commands by position, modulo the number of those that exist. */
export type Step =
  | { readonly type: "advance"; readonly seconds: number }
  | ({
      readonly type: "send";
      readonly chosen:
        | { readonly by: "ids"; readonly places: readonly number[] }
        | { readonly by: "roles"; readonly roles: readonly string[] };
    } & Omit<SendAct, "type" | "commandId" | "chosen">)
  | {
      readonly type: "cancel";
      readonly command: number;
      readonly places: readonly number[] | undefined;
    }
  | {
      readonly type: "change";
      readonly node: number;
      readonly to: Partial<Pick<WalkNode, "agent" | "role" | "behavior">>;
    }
  | { readonly type: "remove"; readonly node: number }
  | { readonly type: "alarm"; readonly state: AlarmState }
  | ReadStep;

/** A read of the account; an operation uses only the members that it takes. */
export interface ReadStep {
  readonly type: "read";
  readonly operation: "GetCommandInvocation" | "ListCommands" | "ListCommandInvocations";
  readonly command: number | undefined;
  readonly node: number | undefined;
  readonly filters: readonly ReadFilter[];
  readonly pageSize: number;
}

/** A filter: by a word, or by seconds since the beginning of the walk. */
export type ReadFilter =
  | { readonly key: "Status" | "ExecutionStage" | "DocumentName"; readonly value: string }
  | { readonly key: "InvokedAfter" | "InvokedBefore"; readonly seconds: number };

/** The instant at which every walk begins. */
export const WALK_START = Date.parse("2024-01-01T00:00:00.000Z");

const ROLES = ["web", "db"] as const;
const place = fc.nat({ max: 7 });
// Few lengths, most of them multiples of five, so that much is due at the same instant.
const seconds = fc.constantFrom(0, 5, 5, 10, 20, 40);

const behavior: fc.Arbitrary<WalkBehavior> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("exits"),
      seconds,
      exitCode: fc.constantFrom(0, 0, 0, 1, 7, 137, 168),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: "hangs" }) },
  { weight: 2, arbitrary: fc.constant({ type: "neverReplies" }) },
);
const agent = mostly<WalkNode["agent"]>("online", ["unreachable", "unreachable", "undeliverable"]);
const node = fc.record({
  role: fc.constantFrom(...ROLES),
  agent,
  platform: mostly<WalkNode["platform"]>("Linux", ["Windows"]),
  access: mostly<WalkNode["access"]>("allowed", ["denied"]),
  behavior,
});
const lateness: fc.Arbitrary<Lateness> = fc.record({
  cancelLatency: fc.constantFrom(0, 0, 2, 5),
  expirySweepLag: fc.constantFrom(0, 5, 20),
});

/** A fleet whose nodes were not added in the order of their ids. */
export const setups: fc.Arbitrary<WalkSetup> = fc.record({
  nodes: fc
    .array(node, { minLength: 1, maxLength: 8 })
    .map((nodes) =>
      nodes.map((each, n) => ({ ...each, instanceId: `i-0000000000000000${(n * 3) % 8}` })),
    ),
  lateness,
});

const limit = fc.constantFrom("1", "2", "3", "25%", "50%", "67%", "100%");
const send = fc.record({
  type: fc.constant("send"),
  chosen: fc.oneof(
    fc.record({
      by: fc.constant("ids"),
      places: fc.array(place, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      by: fc.constant("roles"),
      roles: fc.subarray([...ROLES, "nobody"], { minLength: 1 }),
    }),
  ),
  maxConcurrency: limit,
  maxErrors: fc.oneof(fc.constant("0"), limit),
  timeoutSeconds: fc.constantFrom(30, 30, 45, 90),
  executionTimeout: fc.constantFrom(3, 5, 10, 30),
  watchesAlarm: fc.constantFrom(false, false, true),
});
const change = fc.record({
  type: fc.constant("change"),
  node: place,
  to: fc.oneof(
    fc.record({ agent }),
    fc.record({ agent: fc.constant("online" as const) }),
    fc.record({ role: fc.constantFrom(...ROLES) }),
    fc.record({ behavior }),
  ),
});
const filter: fc.Arbitrary<ReadFilter> = fc.oneof(
  fc.record({
    key: fc.constant("Status"),
    value: fc.constantFrom("InProgress", "Success", "Failed", "TimedOut", "DeliveryTimedOut"),
  }),
  fc.record({ key: fc.constant("DocumentName"), value: fc.constant("AWS-RunShellScript") }),
  fc.record({
    key: fc.constantFrom("InvokedAfter", "InvokedBefore"),
    seconds: fc.constantFrom(0, 5, 10, 30, 60),
  }),
);
const read = fc
  .record({
    type: fc.constant("read"),
    operation: fc.constantFrom<ReadStep["operation"]>(
      "GetCommandInvocation",
      "ListCommands",
      "ListCommandInvocations",
    ),
    command: fc.option(place, { nil: undefined }),
    node: fc.option(place, { nil: undefined }),
    filters: fc.array(filter, { maxLength: 2 }),
    stage: fc.option(fc.constantFrom("Executing", "Complete"), { nil: undefined }),
    pageSize: fc.constantFrom(1, 2, 3, 50),
  })
  // ExecutionStage is for ListCommands only.
  .map(({ stage, ...step }): ReadStep => {
    if (stage === undefined || step.operation !== "ListCommands") return step;
    return { ...step, filters: [...step.filters, { key: "ExecutionStage", value: stage }] };
  });

const advance = fc.record({
  type: fc.constant("advance"),
  seconds: fc.constantFrom(0, 1, 3, 5, 5, 10, 15, 30),
});
const cancel = fc.record({
  type: fc.constant("cancel"),
  command: place,
  places: fc.option(fc.array(place, { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 2 }),
});
const remove = fc.record({ type: fc.constant("remove"), node: place });
const alarm = fc.record({
  type: fc.constant("alarm"),
  state: fc.constantFrom<AlarmState>("OK", "ALARM", "UNKNOWN"),
});
/** The steps that may happen; sends and the passing of time are the most frequent. */
const stretch: fc.Arbitrary<readonly Step[]> = fc.array(
  // Each value is a step; the union of arbitraries loses the literal types.
  fc.oneof(
    { weight: 6, arbitrary: send },
    { weight: 7, arbitrary: advance },
    { weight: 3, arbitrary: cancel },
    { weight: 4, arbitrary: change },
    { weight: 1, arbitrary: remove },
    { weight: 2, arbitrary: alarm },
    { weight: 4, arbitrary: read },
  ) as fc.Arbitrary<Step>,
  { minLength: 2, maxLength: 12, size: "max" },
);
const wait = (seconds: number): Step => ({ type: "advance", seconds });

/** Two stretches with time in between, so that much has ended when the second begins; then everything ends. */
export const walks: fc.Arbitrary<readonly Step[]> = fc
  .tuple(stretch, stretch)
  .map(([first, second]) => [...first, wait(30), ...second, ...[25, 5, 30, 30, 55].map(wait)]);

function mostly<T>(usual: T, others: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...Array<T>(10).fill(usual), ...others);
}

/** A fixed seed, so that a failure can be repeated; FC_SEED sets another one. */
export function walkSeed(): number {
  return Number(process.env["FC_SEED"] ?? 20_240_101);
}
