import type { NodeOptions } from "../../fake/index.ts";
import { behaviorShape, successes } from "./behavior-shapes.ts";
import {
  type Alternative,
  constant,
  integer,
  listOf,
  mapped,
  maybe,
  oneOf,
  oneOfValues,
  record,
  type Shape,
  type ValueOf,
} from "./shape.ts";

/**
 * The nodes of an account, up to so many: most fleets succeed, or have few nodes that do not, so that no mistake is hidden by
 * another node's failure.
 */
export function fleetShape({ nodes }: { readonly nodes: number }): Shape<readonly NodeOptions[]> {
  const [calm, wild] = [calmNodes(), wildNodes()];
  const upTo = (most: number, of: Shape<NodeRow>) => listOf(of, { min: 1, max: most });
  const rows: Alternative<readonly NodeRow[]>[] =
    nodes < 1
      ? []
      : [
          [6, upTo(nodes, calm)],
          [8, upTo(nodes, oneOf([6, calm], [1, wild]))],
          [4, upTo(Math.min(nodes, 3), wild)],
          [2, upTo(nodes, wild)],
        ];
  return mapped(oneOf<readonly NodeRow[]>([1, constant([])], ...rows), (fleet) =>
    fleet.map(nodeOf),
  );
}

type NodeRow = ValueOf<ReturnType<typeof wildNodes>>;

function calmNodes(): Shape<NodeRow> {
  return record({
    options: record({ behavior: maybe(90, successes()) }),
    isHybrid: constant(false),
  });
}

function wildNodes() {
  return record({
    options: record({
      agent: maybe(15, oneOfValues("unreachable", "undeliverable")),
      state: maybe(3, constant("stopped")),
      platform: maybe(6, oneOfValues("MacOS", "Windows")),
      access: maybe(3, constant("denied")),
      logs: maybe(5, oneOfValues("denied", "noPolicy")),
      objects: maybe(3, constant("denied")),
      clockSkew: maybe(5, clockSkews()),
      behavior: maybe(90, behaviorShape()),
    }),
    isHybrid: oneOf([14, constant(false)], [1, constant(true)]),
  });
}

/** Up to five minutes, which is the most that AWS takes of a signature. */
function clockSkews(): Shape<NonNullable<NodeOptions["clockSkew"]>> {
  return mapped(integer(-300, 300), (count) => `${count}s` as const);
}

/** Only a hybrid node has an id of its own here: that tells what it is. */
function nodeOf({ options, isHybrid }: NodeRow, index: number): NodeOptions {
  if (!isHybrid) return options;
  return { instanceId: `mi-${String(index).padStart(17, "0")}`, ...options };
}
