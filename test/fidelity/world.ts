import { type FakeNode, FakeSsm, type NodeOptions, VirtualClock } from "ssm-run-command/fake";
import type {
  Case,
  CaseAgent,
  CaseNode,
  Change,
  Operation,
  ReadStep,
  Step,
} from "./case-format.ts";
import { nodesOf } from "./case-nodes.ts";
import { msOf } from "./case-time.ts";
import { valueAt } from "./json.ts";
import { type CallResult, openRoad, type Road } from "./roads.ts";
import { behaviorOf } from "./run-behavior.ts";
import { optionsOf } from "./settings.ts";
import { makeLogGroup, readSideEffects } from "./side-effects.ts";

/** The simulated account of a case, as the runner needs it. */
export interface World {
  /** Moves virtual time to so long after the start. */
  advanceTo(ms: number): Promise<void>;
  call(operation: Operation, input: object): Promise<CallResult>;
  change(change: Change): void;
  read(step: ReadStep): Promise<object>;
  /** Closes what it has opened. */
  close(): Promise<void>;
}

/** A node that becomes reachable again. */
interface ComeBack {
  readonly atMs: number;
  readonly node: FakeNode;
}

/** The account of a case, on a fake that is reached by one of the roads. */
export async function createWorld(value: Case, road: Road): Promise<World> {
  const fake = new FakeSsm({
    ...optionsOf(value.settings ?? {}),
    clock: new VirtualClock({ skips: false }),
  });
  let elapsedMs = 0;
  let comeBacks: readonly ComeBack[] = [];
  const advanceTo = async (ms: number) => {
    await fake.clock.advance(`${ms - elapsedMs}ms`);
    elapsedMs = ms;
  };
  /** The last change of a node's agent decides when the node comes back. */
  const comeBackAt = (node: FakeNode, agent: CaseAgent) => {
    const others = comeBacks.filter((each) => each.node !== node);
    const own = typeof agent === "string" ? [] : [{ atMs: msOf(agent.unreachableUntil), node }];
    comeBacks = [...others, ...own].sort((a, b) => a.atMs - b.atMs);
  };
  for (const node of nodesOf(value)) {
    const added = fake.nodes.add(nodeOptionsOf(node, value));
    comeBackAt(added, node.agent ?? "online");
  }
  await furnish(fake, value);
  const { call, close } = openRoad(fake, road);
  return {
    call,
    close,
    read: (step) => readSideEffects(fake, step),
    async advanceTo(ms) {
      for (let [next] = comeBacks; next !== undefined && next.atMs <= ms; [next] = comeBacks) {
        comeBacks = comeBacks.slice(1);
        await advanceTo(Math.max(next.atMs, elapsedMs));
        next.node.comeBack();
      }
      await advanceTo(ms);
    },
    change(change) {
      if ("alarm" in change) {
        const { name, state } = change.alarm;
        fake.alarms.set(name, state === "missing" ? "UNKNOWN" : state);
        return;
      }
      const node = fake.nodes.get(change.node);
      if (node === undefined) throw new Error(`The case has no node ${change.node} to change.`);
      const { agent, tags, state } = change;
      if (state !== undefined) node.state = state;
      if (tags !== undefined) node.tag({ ...cleared(node.tags), ...tags });
      if (agent !== undefined) {
        comeBackAt(node, agent);
        node.agent = reachability(agent);
      }
    },
  };
}

/** Adds what the account has beside its nodes. */
async function furnish(fake: FakeSsm, value: Case): Promise<void> {
  const { alarms = {}, resourceGroups = [], denied = [], logGroups = [] } = value.account ?? {};
  for (const [name, state] of Object.entries(alarms)) fake.alarms.set(name, state);
  const nodes = nodesOf(value);
  const joined = nodes.flatMap((node) => node.resourceGroups ?? []);
  const targeted = value.steps.flatMap(targetedGroups);
  for (const name of new Set([...resourceGroups, ...joined, ...targeted])) {
    const members = nodes.filter((node) => node.resourceGroups?.includes(name));
    const isDenied = denied.includes("resource-groups:ListGroupResources");
    const instanceIds = members.map(({ instanceId }) => instanceId);
    fake.groups.set(name, isDenied ? "denied" : { instanceIds });
  }
  for (const { name, content } of value.documents ?? []) await fake.documents.add(name, content);
  for (const name of logGroups) await makeLogGroup(fake, name);
}

/** The groups that a call names: a caller who may not list groups is denied these too, whether they exist or not. */
function targetedGroups(step: Step): readonly string[] {
  const targets = "call" in step ? valueAt(step.input, ["Targets"]) : undefined;
  if (!Array.isArray(targets)) return [];
  return targets.flatMap((target: unknown) => {
    const values = valueAt(target, ["Values"]);
    const isGroup = valueAt(target, ["Key"]) === "resource-groups:Name" && Array.isArray(values);
    return isGroup ? values.map(String) : [];
  });
}

function nodeOptionsOf(node: CaseNode, { account }: Case): NodeOptions {
  const { instanceId, platform, tags, name, state, access, agent = "online", runs = {} } = node;
  return {
    instanceId,
    behavior: behaviorOf(runs),
    agent: reachability(agent),
    logs: account?.denied?.includes("logs:CreateLogGroup") ? "denied" : "allowed",
    ...(platform && { platform }),
    ...(tags && { tags }),
    ...(name && { name }),
    ...(state && { state }),
    ...(access && { access }),
  };
}

function reachability(agent: CaseAgent): "online" | "unreachable" | "undeliverable" {
  return typeof agent === "string" ? agent : "unreachable";
}

/** The tags with every value undefined, which removes them: a change replaces all tags of a node. */
function cleared(tags: Readonly<Record<string, string>>): Record<string, undefined> {
  return Object.fromEntries(Object.keys(tags).map((name) => [name, undefined]));
}
