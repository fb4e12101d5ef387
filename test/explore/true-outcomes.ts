import { isDeepStrictEqual } from "node:util";
import { type CommandOutcome, explain } from "ssm-run-command";
import type { WorldArgument } from "ssm-run-command/explore";
import { INVOCATION_KINDS } from "../../src/client/outcomes/outcome.ts";
import type { OwnWay } from "./own-ways.ts";

/** A way that also compares all that the client says with what the fake knows. */
export interface CheckedWay {
  readonly run: OwnWay;
  /** What the client said that is not true, in words. */
  readonly untrue: readonly string[];
}

/** Checks the outcomes of a way: how the command ended on each node, and the explanation. */
export function checked(way: OwnWay): CheckedWay {
  const untrue: string[] = [];
  const run = async (world: WorldArgument) => {
    const outcome = await way(world);
    untrue.push(...differences(outcome, world));
    return outcome;
  };
  return { run, untrue };
}

function differences(outcome: CommandOutcome, { fake }: WorldArgument): readonly string[] {
  const id = outcome.command.CommandId;
  const [command] = fake.records().filter(({ commandId }) => commandId === id);
  // Every detail of an invocation that has ended is in the table; of another one the kind is none.
  const known = command?.invocations.map(({ instanceId, detail }) => [
    instanceId,
    INVOCATION_KINDS[detail as keyof typeof INVOCATION_KINDS],
  ]);
  const told = outcome.invocations.map(({ instanceId, kind }) => [instanceId, kind]);
  return [
    ...differ("invocations", told.sort(), known?.sort()),
    ...differ("causes", byNode(explain(outcome).causes), byNode(fake.explain(id).causes)),
  ];
}

/** Causes without output, of which the service reports a part only. */
function byNode(causes: readonly Cause[]): readonly unknown[] {
  const each = causes.flatMap(({ kind, nodes, rule, advice }) =>
    (nodes.length === 0 ? [""] : nodes).map((node) => [node, kind, rule, advice]),
  );
  return each.sort();
}

type Cause = ReturnType<typeof explain>["causes"][number];

function differ(what: string, told: unknown, known: unknown): readonly string[] {
  if (isDeepStrictEqual(told, known)) return [];
  return [`${what}: told ${JSON.stringify(told)}, known ${JSON.stringify(known)}`];
}
