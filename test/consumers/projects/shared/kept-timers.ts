// Timers that a module took for itself when it was loaded, as libraries and destructured names of CommonJS do.
import * as timers from "node:timers";
import * as timersPromises from "node:timers/promises";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { pollWith } from "./deploys.ts";

const { setTimeout: keptGlobal } = globalThis;
const { setTimeout: keptTimer } = timers;
const { setTimeout: keptSleep } = timersPromises;

export function pollWithKeptGlobal(ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => new Promise((resolve) => keptGlobal(resolve, 5_000)), ssm, instanceId);
}

export function pollWithKeptTimer(ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => new Promise((resolve) => keptTimer(resolve, 5_000)), ssm, instanceId);
}

export function pollWithKeptSleep(ssm: SSMClient, instanceId: string): Promise<string> {
  return pollWith(() => keptSleep(5_000), ssm, instanceId);
}
