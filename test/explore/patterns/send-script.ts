import {
  paginateDescribeInstanceInformation,
  SendCommandCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { WorldArgument } from "../../../src/explore/world-argument.ts";

type Given = Pick<WorldArgument, "ssm" | "target">;

/** Sends a script as most code does, and returns the id of the command. */
export const sendScript = async ({ ssm, target }: Given): Promise<string> => {
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["./deploy.sh"] },
      ...target,
    }),
  );
  return Command?.CommandId ?? "";
};

/** The ids of the nodes, for code that asks for each of them: those of the request, or of the nodes that have the tag. */
export const idsOf = async ({ ssm, target }: Given): Promise<readonly string[]> =>
  target.InstanceIds ?? (await idsByTag(ssm, target.Targets));

const idsByTag = async (client: SSMClient, Targets: Given["target"]["Targets"] = []) => {
  const Filters = Targets.map(({ Key, Values }) => ({ Key, Values }));
  const ids: string[] = [];
  for await (const page of paginateDescribeInstanceInformation({ client }, { Filters })) {
    for (const { InstanceId = "" } of page.InstanceInformationList ?? []) ids.push(InstanceId);
  }
  return ids;
};

/** A timer of the code's own. */
export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
