import {
  InvalidResourceId,
  type ResourceTypeForTagging,
  TooManyTagsError,
} from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { rejectionOf } from "../../../support/rejection.ts";
import { createApp, describeOnWires, type Wired } from "../documents/describe-on-wires.ts";

const HYBRID = "mi-0123456789abcdef0";
const NODE = { ResourceType: "ManagedInstance", ResourceId: HYBRID } as const;
const DOCUMENT = { ResourceType: "Document", ResourceId: "App" } as const;
const FLEET = { nodes: [{ instanceId: HYBRID, tags: { Role: "web" } }, {}] };

const tag = (Key: string, Value: string) => ({ Key, Value });
const many = (count: number) => Array.from({ length: count }, (_, n) => tag(`k${n}`, ""));

async function tagsOf({ ssm }: Wired, resource: typeof NODE | typeof DOCUMENT) {
  return (await ssm.listTagsForResource(resource)).TagList;
}

describeOnWires("tags of a hybrid node", (open) => {
  it("are those that it was added with", async () => {
    expect(await tagsOf(open(FLEET), NODE)).toEqual([tag("Role", "web")]);
  });

  it("can be added and changed", async () => {
    const wired = open(FLEET);
    await wired.ssm.addTagsToResource({ ...NODE, Tags: [tag("Role", "db"), tag("Env", "")] });
    expect(await tagsOf(wired, NODE)).toEqual([tag("Role", "db"), tag("Env", "")]);
  });

  it("can be removed, and so can keys that it does not have", async () => {
    const wired = open(FLEET);
    await wired.ssm.removeTagsFromResource({ ...NODE, TagKeys: ["Role", "Other"] });
    expect(await tagsOf(wired, NODE)).toEqual([]);
  });

  it("decide from then on who is a target", async () => {
    const { ssm } = open(FLEET);
    await ssm.addTagsToResource({ ...NODE, Tags: [tag("Ring", "canary")] });
    await ssm.sendCommand({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["uptime"] },
      Targets: [{ Key: "tag:Ring", Values: ["canary"] }],
    });
    const { CommandInvocations } = await ssm.listCommandInvocations({});
    expect(CommandInvocations?.map(({ InstanceId }) => InstanceId)).toEqual([HYBRID]);
  });

  it("are the tags of the fake's node", async () => {
    const { fake, ssm } = open(FLEET);
    await ssm.addTagsToResource({ ...NODE, Tags: [tag("__proto__", "x")] });
    const { tags } = fake.nodes.get(HYBRID)!;
    expect([Object.keys(tags), Object.getPrototypeOf(tags)]).toEqual([
      ["Role", "__proto__"],
      Object.prototype,
    ]);
  });
});

describeOnWires("tags of a document", (open) => {
  it("are added, listed and removed", async () => {
    const wired = open();
    await createApp(wired);
    await wired.ssm.addTagsToResource({ ...DOCUMENT, Tags: [tag("a", "1"), tag("b", "2")] });
    await wired.ssm.removeTagsFromResource({ ...DOCUMENT, TagKeys: ["a"] });
    expect(await tagsOf(wired, DOCUMENT)).toEqual([tag("b", "2")]);
  });

  it("are shown by DescribeDocument, and stay when there is a new version", async () => {
    const wired = open();
    await createApp(wired);
    await wired.ssm.addTagsToResource({ ...DOCUMENT, Tags: [tag("a", "1")] });
    await wired.fake.documents.add(
      "App",
      '{"schemaVersion":"2.2","mainSteps":[{"name":"new","action":"aws:runShellScript"}]}',
    );
    const { Document } = await wired.ssm.describeDocument({ Name: "App", DocumentVersion: "2" });
    expect(Document?.Tags).toEqual([tag("a", "1")]);
  });

  it("go with the document", async () => {
    const wired = open();
    await createApp(wired);
    await wired.ssm.addTagsToResource({ ...DOCUMENT, Tags: [tag("a", "1")] });
    await wired.ssm.deleteDocument({ Name: "App" });
    await createApp(wired);
    expect(await tagsOf(wired, DOCUMENT)).toEqual([]);
  });
});

describeOnWires("tags", (open) => {
  it("of an EC2 instance are EC2's: its id is refused", async () => {
    const ResourceId = "i-00000000000000001";
    const { ssm } = open(FLEET);
    expect(await rejectionOf(ssm.listTagsForResource({ ...NODE, ResourceId }))).toMatchObject({
      name: "ValidationException",
      message: "resourceId should be in format mi-[0-9a-f]{17} for resource type ManagedInstance",
    });
  });

  it.each<[type: ResourceTypeForTagging, id: string]>([
    ["ManagedInstance", "mi-00000000000000000"],
    ["Document", "Other"],
    ["Document", "AWS-RunShellScript"],
    ["Parameter", "/app/version"],
    ["MaintenanceWindow", "mw-012345abcde"],
  ])("of a %s %s are refused with InvalidResourceId", async (ResourceType, ResourceId) => {
    const { fake, ssm } = open(FLEET);
    fake.parameters.set("/app/version", "1");
    const resource = { ResourceType, ResourceId };
    const errors = [
      await rejectionOf(ssm.listTagsForResource(resource)),
      await rejectionOf(ssm.addTagsToResource({ ...resource, Tags: [] })),
      await rejectionOf(ssm.removeTagsFromResource({ ...resource, TagKeys: [] })),
    ];
    expect(errors.every((error) => error instanceof InvalidResourceId)).toBe(true);
  });

  it("of a document that another account shares are not this account's to see or change", async () => {
    const ResourceId = "arn:aws:ssm:us-east-1:210987654321:document/Shared";
    const { fake, ssm } = open(FLEET);
    await fake.documents.add(
      ResourceId,
      '{"schemaVersion":"2.2","mainSteps":[{"name":"run","action":"aws:runShellScript"}]}',
    );
    const resource = { ResourceType: "Document", ResourceId } as const;
    const error = await rejectionOf(ssm.addTagsToResource({ ...resource, Tags: [tag("a", "1")] }));
    expect(error).toBeInstanceOf(InvalidResourceId);
  });

  it("may be fifty", async () => {
    const wired = open(FLEET);
    await wired.ssm.addTagsToResource({ ...NODE, Tags: many(49) });
    expect(await tagsOf(wired, NODE)).toHaveLength(50);
  });

  it("may not be more than fifty, and then none is added", async () => {
    const wired = open(FLEET);
    const error = await rejectionOf(wired.ssm.addTagsToResource({ ...NODE, Tags: many(50) }));
    expect([error instanceof TooManyTagsError, await tagsOf(wired, NODE)]).toEqual([
      true,
      [tag("Role", "web")],
    ]);
  });
});
