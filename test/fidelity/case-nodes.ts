import type { Case, CaseNode } from "./case-format.ts";

/** The nodes of a case, one by one: `count` of them have ids that go up by one. */
export function nodesOf({ nodes = [] }: Pick<Case, "nodes">): readonly CaseNode[] {
  return nodes.flatMap((node) =>
    Array.from({ length: node.count ?? 1 }, (_, index) => ({
      ...node,
      instanceId: idAfter(node.instanceId, index),
    })),
  );
}

function idAfter(instanceId: string, steps: number): string {
  const [prefix = "", digits = ""] = instanceId.split("-");
  // Seventeen hex digits are more than a number holds.
  const next = BigInt(`0x${digits}`) + BigInt(steps);
  return `${prefix}-${next.toString(16).padStart(digits.length, "0")}`;
}
