import type { Clock } from "../../time/clock.ts";
import type { WireRequest } from "../adapters/wire.ts";
import type { FakeSsm } from "../fake-ssm.ts";

/** Sees the requests of clients before the fake does. */
export type RegionWatch = (
  fake: FakeSsm<Clock>,
  asked: { readonly region: string; readonly request: WireRequest },
) => void;

/**
 * Says on the console, once for each region, that code looks for nodes in a region without any: all nodes are in the fake's own, and
 * code under test often has a region of its own.
 */
export function watchRegions(): RegionWatch {
  const said = new Set<string>();
  return (fake, { region, request }) => {
    if (region === fake.region || said.has(region)) return;
    const target = request.headers["x-amz-target"] ?? "";
    if (!/\.(SendCommand|DescribeInstanceInformation)$/.test(target)) return;
    if (fake.nodes.list().length === 0) return;
    said.add(region);
    console.warn(
      `A client of ${region} asked for nodes, and there is none: the nodes of the fake are in ${fake.region}. Make the fake where the code looks, \`new FakeSsm({ region: "${region}" })\`, or leave the client's region out.`,
    );
  };
}
