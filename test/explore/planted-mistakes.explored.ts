import { type RunCommandClient, runShellScript } from "ssm-run-command";
import { explore, type WorldArgument } from "ssm-run-command/explore";
import { describe, expect, it } from "vitest";
import { type PlantedMistake, plantedClient } from "./planted-client.ts";

const READER = "src/client/waiting/command-reader.ts";

/** It looks at one page of invocations only, and believes what it sees there. */
const FIRST_PAGE_ONLY: PlantedMistake = {
  file: READER,
  from: "for await (const invocation of pages) noteInvocation(fleet, invocation);",
  to: `const first = await askFor((options) => api.listCommandInvocations(input, options));
    for (const invocation of first.CommandInvocations ?? []) noteInvocation(fleet, invocation);`,
};

/** It takes a command for over when all invocations of the first page are: one that is Pending on a later page is not seen. */
const PENDING_ON_A_LATER_PAGE: PlantedMistake = {
  file: READER,
  from: "if (traits !== undefined) return traits.terminal;",
  to: `const page = await ask((options) => api.listCommandInvocations({ CommandId: commandId }, options));
    const shown = page.CommandInvocations ?? [];
    const open = ["Pending", "InProgress", "Delayed", "Cancelling"];
    if (shown.length > 0 && shown.every(({ Status = "" }) => !open.includes(Status))) return true;
    if (traits !== undefined) return traits.terminal;`,
};

/** It knows Failed and Cancelled, and takes everything else that has ended for a success. */
const TIMED_OUT_FORGOTTEN: readonly PlantedMistake[] = [
  {
    file: "src/client/outcomes/outcome.ts",
    from: `  DeliveryTimedOut: "deliveryTimedOut",
  Failed: "failed",`,
    to: `  DeliveryTimedOut: "succeeded",
  Failed: "failed",`,
  },
];

/** Ends of nodes that a command may have and be a success: those that could not be used at all count for nothing. */
const UNUSABLE_OR_FINE = ["succeeded", "undeliverable", "accessDenied", "invalidPlatform"];

/** Says what the nodes say: `succeeded` where each of them did. */
function byNodes(Client: typeof RunCommandClient) {
  return async ({ ssm, target }: WorldArgument) => {
    const sent = await new Client(ssm).send({ ...runShellScript("make"), ...target });
    const { kind, invocations } = await sent.waitForTerminal();
    if (kind === "noTargets" || invocations.length === 0) return "none";
    const bad = invocations.filter((each) => !UNUSABLE_OR_FINE.includes(each.kind));
    return bad.length === 0 && kind !== "failed" ? "succeeded" : "failed";
  };
}

/** Says what the command says. */
function byCommand(Client: typeof RunCommandClient) {
  return async ({ ssm, target }: WorldArgument) => {
    const sent = await new Client(ssm).send({ ...runShellScript("make"), ...target });
    return sent.waitForTerminal();
  };
}

describe("A mistake that is planted in our client is found in the catalogue, and shrunk to two nodes at most", () => {
  it.each([
    [
      "only the first page is read",
      [FIRST_PAGE_ONLY],
      byNodes,
      ["lied", "one of 151 nodes fails late, on the last page"],
    ],
    [
      "Pending on a later page is taken for the end",
      [PENDING_ON_A_LATER_PAGE],
      byNodes,
      ["leftRunning", "one of 151 nodes fails late, on the last page"],
    ],
    [
      "TimedOut is forgotten",
      TIMED_OUT_FORGOTTEN,
      byCommand,
      ["lied", "the node is offline until the command expires"],
    ],
  ] as const)("%s", async (_, mistakes, sayingBy, [verdict, inWorld]) => {
    const run = sayingBy(await plantedClient(mistakes));
    const { wrong } = await explore(run);
    expect(wrong).toContainEqual(expect.objectContaining({ verdict, world: inWorld }));
    const small = { nodes: expect.toSatisfy((nodes: number) => nodes <= 2), note: undefined };
    expect(wrong).toEqual(wrong.map((entry) => ({ ...entry, ...small })));
  });

  it("and without it, nothing is wrong", async () => {
    const { wrong } = await explore(byNodes(await plantedClient([])));
    expect(wrong).toEqual([]);
  });
});
