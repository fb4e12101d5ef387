import type { NodeOptions } from "../../fake/index.ts";
import type { Happening, World, WorldFault } from "../world.ts";
import { fleetShape } from "./fleet-shape.ts";
import { latencyShape, limitShape, pageShape, settingShape } from "./service-shapes.ts";
import {
  type Alternative,
  constant,
  listOf,
  mapped,
  maybe,
  oneOf,
  record,
  type Shape,
  type ValueOf,
} from "./shape.ts";
import { sourceOf } from "./source-of.ts";
import { faultShape, happeningShape } from "./trouble-shapes.ts";

/** How large a world gets at most. */
export interface Size {
  readonly nodes: number;
  readonly faults: number;
  readonly happenings: number;
}

/** The most nodes that SendCommand takes by ids [api-ssm-model]. */
const MOST_IDS = 50;

/** How large worlds get at most: what is left out is as by default. */
export function sizeOf(given: { readonly [Name in keyof Size]?: Size[Name] | undefined }): Size {
  const { nodes = 10, faults = 2, happenings = 2 } = given;
  return { nodes, faults, happenings };
}

/** Worlds of any mixture, in which SendCommand is refused only by a fault. */
export function worldShape(size: Size, name: string): Shape<World> {
  return mapped(drawnWorlds(size), (drawn) => worldOf(drawn, { size, name }));
}

type DrawnWorld = ValueOf<ReturnType<typeof drawnWorlds>>;

function drawnWorlds({ nodes, faults, happenings }: Size) {
  return record({
    nodes: fleetShape({ nodes }),
    target: oneOf<World["target"]>(
      [28, constant(undefined)],
      [20, constant("ids")],
      [4, constant("group")],
      [1, constant("deniedGroup")],
    ),
    limits: maybe(40, limitShape()),
    hasAlarm: maybe(5, constant(true)),
    latency: maybe(50, latencyShape()),
    pages: maybe(30, pageShape()),
    settings: maybe(30, settingShape()),
    faults: some(faultShape(), faults),
    meanwhile: some(happeningShape(nodes), happenings),
  });
}

/** None in half of the worlds, so that much of what is found needs none. */
function some<Value>(shape: Shape<Value>, most: number): Shape<readonly Value[]> {
  const none: Alternative<readonly Value[]> = [1, constant([])];
  return most < 1 ? oneOf(none) : oneOf(none, [1, listOf(shape, { min: 1, max: most })]);
}

function worldOf(
  { nodes, target, faults, meanwhile, hasAlarm, ...drawn }: DrawnWorld,
  { size, name }: { readonly size: Size; readonly name: string },
): World {
  const happenings = meanwhile
    .flat()
    .flatMap((each) => onNodes(each, nodes))
    .slice(0, size.happenings);
  const alarms = happenings.some(({ type }) => type.startsWith("alarm"));
  const fairFaults = alarms ? faults.filter((each) => !letsSendAgain(each)) : faults;
  const world: World = {
    name,
    nodes,
    ...(target === undefined || (target === "ids" && !canBeNamed(nodes, happenings))
      ? {}
      : { target }),
    ...drawn,
    ...(hasAlarm || alarms ? { hasAlarm: true } : {}),
    ...(fairFaults.length === 0 ? {} : { faults: fairFaults }),
    ...(happenings.length === 0 ? {} : { meanwhile: happenings }),
  };
  return { ...world, source: sourceOf(world) };
}

/** What happens to a node, on one that there is. */
function onNodes(each: Happening, nodes: readonly NodeOptions[]): readonly Happening[] {
  if (!("node" in each)) return [each];
  return nodes.length === 0 ? [] : [{ ...each, node: each.node % nodes.length }];
}

/**
 * Whether SendCommand takes the ids of all of these nodes, a second time, too: it refuses those that are stopped, denied, of
 * another platform than the document, or gone.
 */
function canBeNamed(nodes: readonly NodeOptions[], happenings: readonly Happening[]): boolean {
  const areUsable = nodes.every(
    ({ state, access, platform }) => !state && !access && platform !== "Windows",
  );
  const isAnyGone = happenings.some(({ type }) => type === "isRemoved" || type === "isReplaced");
  const isCountTaken = nodes.length > 0 && nodes.length <= MOST_IDS;
  return isCountTaken && areUsable && !isAnyGone;
}

/**
 * Whether a fault makes clients send a command that the service has already: it is then refused, if the alarm has gone off
 * meanwhile, or can be read no more [rec-2026-10-01-alarm-requests].
 */
function letsSendAgain({ type, operation }: WorldFault): boolean {
  const isAnswerLost = type === "loseAnswer" || type === "breakBody";
  return isAnswerLost && (operation === "SendCommand" || operation === "*");
}
