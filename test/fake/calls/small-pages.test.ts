import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  paginateFilterLogEvents,
  paginateGetLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  paginateDescribeInstanceInformation,
  paginateListCommandInvocations,
  paginateListCommands,
  paginateListDocuments,
  paginateListDocumentVersions,
  SSM,
} from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { LOGS_OPERATIONS, S3_OPERATIONS } from "../../../src/fake/calls/operation-name.ts";
import { SSM_TABLE } from "../../../src/fake/ssm/ssm-service.ts";

/** Far behind all events. */
const LATER = 4_102_444_800_000;
const content = (line: string) =>
  JSON.stringify({
    schemaVersion: "2.2",
    mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: [line] } }],
  });

/** A page: what it shows, and where the next one begins. */
interface Page {
  readonly items: readonly unknown[] | undefined;
  readonly next: string | undefined;
}

/** A listing by hand, and as the SDK walks through it where it can. */
interface Listing {
  readonly ask: (token?: string) => Promise<Page>;
  readonly walk?: () => AsyncIterable<readonly unknown[] | undefined>;
}

async function* each<T>(
  pages: AsyncIterable<T>,
  items: (page: T) => readonly unknown[] = () => [],
) {
  for await (const page of pages) yield items(page);
}

/** An account in which every listing holds `count` items, and these listings. */
async function anAccount(count: number, options: FakeSsmOptions = {}) {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const two = (index: number) => String(index).padStart(2, "0");
  const fake = new FakeSsm({ latency: "instant", ...options });
  for (const _ of numbers) {
    fake.nodes.add({ tags: { Role: "web" }, behavior: succeeds({ stdout: "one\n" }) });
  }
  const [talker, many] = [fake.nodes.add(), fake.nodes.add()];
  const lines = numbers.map((index) => ({ at: `${index + 1}s`, stdout: `${index}\n` }) as const);
  const writes = count === 0 ? [{ at: "1s", stdout: "0\n" } as const] : lines;
  talker.behavior = succeeds({ after: `${count + 1}s`, writes });
  const ssm = new SSM(fake.clientConfig());
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  const s3 = new S3Client(fake.objects.clientConfig());
  fake.objects.setBucket("fleet");
  await logs.send(new CreateLogGroupCommand({ logGroupName: "fleet" }));
  const script = runShellScript("make");
  const InstanceIds = [many.instanceId];
  for (const index of numbers) {
    await ssm.sendCommand({ ...script, InstanceIds });
    await fake.documents.add(`Doc-${two(index)}`, content("make"));
    await logs.send(new CreateLogGroupCommand({ logGroupName: `many/${two(index)}` }));
  }
  await fake.documents.add("Shared", content("0"));
  for (const index of numbers.slice(1)) {
    const DocumentVersion = "$LATEST";
    await ssm.updateDocument({ Name: "Shared", Content: content(`${index}`), DocumentVersion });
  }
  for (const index of numbers) {
    const AccountIdsToAdd = [`1111111111${two(index)}`];
    const share = { Name: "Shared", PermissionType: "Share", AccountIdsToAdd } as const;
    await ssm.modifyDocumentPermission(share);
  }
  const runCommand = new RunCommandClient(fake);
  const toLogs = (CloudWatchLogGroupName: string) => ({
    CloudWatchOutputConfig: { CloudWatchLogGroupName, CloudWatchOutputEnabled: true },
  });
  const fleet = await runCommand.send({
    ...{ ...script, Targets: tagTargets({ Role: "web" }), MaxConcurrency: "100%" },
    ...{ ...toLogs("fleet"), OutputS3BucketName: "fleet" },
  });
  const said = await runCommand.send({
    ...{ ...script, InstanceIds: [talker.instanceId], ...toLogs("talker") },
  });
  await fake.clock.advance("2m");
  const client = { client: ssm };
  const ofMany = { InstanceId: many.instanceId };
  const ofFleet = { CommandId: fleet.commandId };
  const web = { Filters: [{ Key: "tag:Role", Values: ["web"] }] };
  const docs = { Filters: [{ Key: "Name", Values: ["Doc-"] }] };
  const permission = { Name: "Shared", PermissionType: "Share" } as const;
  const groups = { logGroupNamePrefix: "many/" };
  const group = { logGroupName: "fleet" };
  const stream = {
    logGroupName: "talker",
    logStreamName: `${said.commandId}/${talker.instanceId}/aws-runShellScript/stdout`,
    ...(count === 0 ? { startTime: LATER } : {}),
  };
  const events = async (nextToken: string | undefined, startFromHead: boolean) => {
    const answer = await logs.send(
      new GetLogEventsCommand({ ...stream, nextToken, startFromHead }),
    );
    const token = startFromHead ? answer.nextForwardToken : answer.nextBackwardToken;
    const items = startFromHead ? answer.events : answer.events?.toReversed();
    return { items, next: token === nextToken ? undefined : token };
  };
  const bucket = { Bucket: "fleet" };
  // The SDK's paginators change their input: each gets one of its own.
  const listings = {
    ListCommands: {
      ask: async (NextToken) => {
        const answer = await ssm.listCommands({ ...ofMany, NextToken });
        return { items: answer.Commands, next: answer.NextToken };
      },
      walk: () =>
        each(paginateListCommands(client, { ...ofMany }), ({ Commands }) => Commands ?? []),
    },
    ListCommandInvocations: {
      ask: async (NextToken) => {
        const answer = await ssm.listCommandInvocations({ ...ofFleet, NextToken });
        return { items: answer.CommandInvocations, next: answer.NextToken };
      },
      walk: () =>
        each(
          paginateListCommandInvocations(client, { ...ofFleet }),
          ({ CommandInvocations }) => CommandInvocations ?? [],
        ),
    },
    DescribeInstanceInformation: {
      ask: async (NextToken) => {
        const answer = await ssm.describeInstanceInformation({ ...web, NextToken });
        return { items: answer.InstanceInformationList, next: answer.NextToken };
      },
      walk: () =>
        each(
          paginateDescribeInstanceInformation(client, { ...web }),
          ({ InstanceInformationList }) => InstanceInformationList ?? [],
        ),
    },
    ListDocuments: {
      ask: async (NextToken) => {
        const answer = await ssm.listDocuments({ ...docs, NextToken });
        return { items: answer.DocumentIdentifiers, next: answer.NextToken };
      },
      walk: () =>
        each(
          paginateListDocuments(client, { ...docs }),
          ({ DocumentIdentifiers }) => DocumentIdentifiers ?? [],
        ),
    },
    ListDocumentVersions: {
      ask: async (NextToken) => {
        const answer = await ssm.listDocumentVersions({ Name: "Shared", NextToken });
        return { items: answer.DocumentVersions, next: answer.NextToken };
      },
      walk: () =>
        each(
          paginateListDocumentVersions(client, { Name: "Shared" }),
          ({ DocumentVersions }) => DocumentVersions ?? [],
        ),
    },
    DescribeDocumentPermission: {
      ask: async (NextToken) => {
        const answer = await ssm.describeDocumentPermission({ ...permission, NextToken });
        return { items: answer.AccountSharingInfoList, next: answer.NextToken };
      },
    },
    DescribeLogGroups: {
      ask: async (nextToken) => {
        const answer = await logs.send(new DescribeLogGroupsCommand({ ...groups, nextToken }));
        return { items: answer.logGroups, next: answer.nextToken };
      },
      walk: () =>
        each(
          paginateDescribeLogGroups({ client: logs }, { ...groups }),
          ({ logGroups }) => logGroups ?? [],
        ),
    },
    DescribeLogStreams: {
      ask: async (nextToken) => {
        const answer = await logs.send(new DescribeLogStreamsCommand({ ...group, nextToken }));
        return { items: answer.logStreams, next: answer.nextToken };
      },
      walk: () =>
        each(
          paginateDescribeLogStreams({ client: logs }, { ...group }),
          ({ logStreams }) => logStreams ?? [],
        ),
    },
    "DescribeLogStreams, the latest first": {
      ask: async (nextToken) => {
        const latest = { ...group, orderBy: "LastEventTime", descending: true } as const;
        const answer = await logs.send(new DescribeLogStreamsCommand({ ...latest, nextToken }));
        return { items: answer.logStreams, next: answer.nextToken };
      },
    },
    FilterLogEvents: {
      ask: async (nextToken) => {
        const answer = await logs.send(new FilterLogEventsCommand({ ...group, nextToken }));
        return { items: answer.events, next: answer.nextToken };
      },
      walk: () =>
        each(paginateFilterLogEvents({ client: logs }, { ...group }), ({ events }) => events ?? []),
    },
    "FilterLogEvents, from the end": {
      ask: async (nextToken) => {
        const request = { ...group, startFromHead: false, startTime: 1_704_067_200_000, nextToken };
        const answer = await logs.send(new FilterLogEventsCommand(request));
        return { items: answer.events, next: answer.nextToken };
      },
    },
    GetLogEvents: {
      ask: (token) => events(token, true),
      walk: () =>
        each(
          paginateGetLogEvents(
            { client: logs, stopOnSameToken: true },
            { ...stream, startFromHead: true },
          ),
          ({ events }) => events ?? [],
        ),
    },
    "GetLogEvents, from the end": { ask: (token) => events(token, false) },
    ListObjectsV2: {
      ask: async (ContinuationToken) => {
        const answer = await s3.send(new ListObjectsV2Command({ ...bucket, ContinuationToken }));
        const next = answer.IsTruncated ? answer.NextContinuationToken : undefined;
        return { items: answer.Contents, next };
      },
      walk: () =>
        each(
          paginateListObjectsV2({ client: s3 }, { ...bucket }),
          ({ Contents }) => Contents ?? [],
        ),
    },
    "ListObjectsV2, after a key, in groups": {
      ask: async (ContinuationToken) => {
        const request = { ...bucket, StartAfter: `${fleet.commandId}`, ContinuationToken };
        const grouped = { ...request, Prefix: `${fleet.commandId}/`, Delimiter: "/" };
        const answer = await s3.send(new ListObjectsV2Command(grouped));
        const next = answer.IsTruncated ? answer.NextContinuationToken : undefined;
        return { items: answer.CommonPrefixes, next };
      },
    },
    ListObjects: {
      ask: async (Marker) => {
        const answer = await s3.send(new ListObjectsCommand({ ...bucket, Marker }));
        const next = answer.IsTruncated ? answer.Contents?.at(-1)?.Key : undefined;
        return { items: answer.Contents, next };
      },
    },
  } satisfies Readonly<Record<string, Listing>>;
  return listings as Readonly<Record<keyof typeof listings, Listing>>;
}

const NAMES = Object.keys(await anAccount(0)) as (keyof Awaited<ReturnType<typeof anAccount>>)[];

/** All pages of a listing, by hand. */
async function pagesOf({ ask }: Listing): Promise<readonly (readonly unknown[])[]> {
  const pages = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await ask(token);
    pages.push(items);
    token = next;
  } while (token !== undefined);
  return pages;
}

/** How many items a listing holds of an account with `count` of each. */
function itemsOf(name: string, count: number): number {
  return name === "ListDocumentVersions" ? Math.max(1, count) : count;
}

const SIZES = [1, 2, 3].flatMap((most) =>
  [false, true].map((emptyFirst) => ({ most, emptyFirst })),
);
/** Of many items, which take their time, half of the sizes. */
const CASES = [0, 1, 2, 5, 51].flatMap((count) =>
  SIZES.filter((_, index) => count < 51 || index % 2 === 1).map((size) => ({ count, ...size })),
);

describe("the pages of an account", () => {
  it.each(CASES)("hold everything once, in its order: %j", async ({ count, most, emptyFirst }) => {
    const whole = await anAccount(count);
    const small = await anAccount(count, { pages: { most, emptyFirst } });
    for (const name of NAMES) {
      const all = (await pagesOf(whole[name])).flat();
      const pages = await pagesOf(small[name]);
      expect(all.length, name).toBe(itemsOf(name, count));
      expect(pages.flat(), name).toEqual(all);
      expect(Math.max(...pages.map((page) => page.length)), name).toBe(Math.min(most, all.length));
      const first = emptyFirst && name !== "ListObjects" ? 0 : Math.min(most, all.length);
      expect(pages[0]?.length, name).toBe(first);
      const walked = [];
      for await (const page of small[name].walk?.() ?? []) walked.push(...(page ?? []));
      if (small[name].walk !== undefined) expect(walked, name).toEqual(all);
    }
  });

  it("are as few as can be", async () => {
    const small = await anAccount(5, { pages: { most: 2, emptyFirst: true } });
    const lengths = async (name: (typeof NAMES)[number]) =>
      (await pagesOf(small[name])).map(({ length }) => length);
    expect(await lengths("ListCommandInvocations")).toEqual([0, 2, 2, 1]);
    // The end of a stream is told by a token that comes back.
    expect(await lengths("GetLogEvents")).toEqual([0, 2, 2, 1, 0]);
    expect(await lengths("ListObjects")).toEqual([2, 2, 1]);
  });

  it("are small in every operation that has pages", () => {
    const ofSsm = Object.entries(SSM_TABLE).flatMap(([name, { members }]) =>
      "NextToken" in members ? [name] : [],
    );
    const others = [...LOGS_OPERATIONS, ...S3_OPERATIONS].filter((name) =>
      /^(?:Describe|Filter|List)|Events$/.test(name),
    );
    const covered = new Set(NAMES.map((name) => name.replace(/,.*/, "")));
    expect([...covered].sort()).toEqual([...ofSsm, ...others].sort());
  });
});

describe("pages without options", () => {
  it("are as long as requests ask", async () => {
    const account = await anAccount(5);
    for (const name of NAMES) expect((await pagesOf(account[name]))[0]?.length, name).toBe(5);
  });

  it("of the latency worst begin with an empty one where AWS says that one may be", async () => {
    const account = await anAccount(2, { latency: "worst" });
    const empty = [];
    for (const name of NAMES) if ((await account[name].ask()).items?.length === 0) empty.push(name);
    expect(new Set(empty.map((name) => name.replace(/,.*/, "")))).toEqual(
      new Set(["ListDocuments", "FilterLogEvents", "GetLogEvents"]),
    );
  });

  it("of the latency worst are none with emptyFirst false", async () => {
    const account = await anAccount(2, { latency: "worst", pages: { emptyFirst: false } });
    for (const name of NAMES) expect((await account[name].ask()).items, name).not.toEqual([]);
  });
});

describe("a request whose MaxResults is more", () => {
  it("gets no more than the fake's most, and one whose is less gets that", async () => {
    const fake = new FakeSsm({ latency: "instant", pages: { most: 2 } });
    const { instanceId } = fake.nodes.add();
    for (let sent = 0; sent < 4; sent++) {
      await fake.sendCommand({ ...runShellScript("make"), InstanceIds: [instanceId] });
    }
    const lengths = [50, 2, 1].map(async (MaxResults) => {
      return (await fake.listCommands({ MaxResults })).Commands?.length;
    });
    expect(await Promise.all(lengths)).toEqual([2, 2, 1]);
  });
});

describe("pages of a fake", () => {
  it.each([
    [{ most: 0 }, "pages.most is 0. Give it a whole number of items, 1 or more, or leave it out."],
    [{ most: 1.5 }, "pages.most is 1.5. Give it a whole number of items, 1 or more"],
    [{ most: Number.NaN }, "pages.most is NaN. Give it a whole number of items"],
    [{ most: "1" }, 'most of pages is "1". Give it a number.'],
    [{ emptyFirst: "yes" }, 'emptyFirst of pages is "yes". Give it a boolean.'],
    [{ empty: true }, 'pages has no option "empty". Did you mean emptyFirst?'],
    [1, "pages was given 1"],
  ])("are refused when they are %j", (pages, message) => {
    // JavaScript callers can give anything.
    expect(() => new FakeSsm({ pages: pages as never })).toThrow(message);
  });

  it("may be undefined, and have undefined members", () => {
    expect(() => new FakeSsm({ pages: undefined })).not.toThrow();
    expect(() => new FakeSsm({ pages: { most: undefined, emptyFirst: undefined } })).not.toThrow();
  });
});
