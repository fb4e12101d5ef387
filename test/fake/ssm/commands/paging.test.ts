import fc from "fast-check";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const SCRIPT = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["uptime"] } };
const sizes = { pageSize: fc.integer({ min: 1, max: 50 }), count: fc.nat(12) };

/** A fake with that many nodes, and that many commands to all of them. */
async function anAccount({ nodes, commands }: { nodes: number; commands: number }) {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: Array.from({ length: nodes }, () => ({})),
  });
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  for (let sent = 0; sent < commands; sent++) {
    await fake.sendCommand({ ...SCRIPT, InstanceIds, Comment: sent % 2 === 0 ? "even" : "odd" });
    await fake.clock.advance("1s");
  }
  return fake;
}

/** All items, page by page, and how many each page had. */
async function walk<Item>(
  ask: (page: { NextToken?: string }) => Promise<{ items: readonly Item[]; NextToken?: string }>,
) {
  const pages: (readonly Item[])[] = [];
  let page: { NextToken?: string } = {};
  do {
    const { items, NextToken } = await ask(page);
    pages.push(items);
    page = NextToken === undefined ? {} : { NextToken };
  } while (page.NextToken !== undefined);
  return pages;
}

describe("pages of any size", () => {
  it("of commands have together what one page has", () => {
    return fc.assert(
      fc.asyncProperty(sizes.pageSize, sizes.count, async (MaxResults, commands) => {
        const fake = await anAccount({ nodes: 1, commands });
        const pages = await walk(async (page) => {
          const { Commands = [], NextToken } = await fake.listCommands({ MaxResults, ...page });
          return { items: Commands, ...(NextToken === undefined ? {} : { NextToken }) };
        });
        expect(pages.flat()).toEqual((await fake.listCommands({})).Commands);
      }),
      { numRuns: 30 },
    );
  });

  it("of invocations have together what one page has", () => {
    return fc.assert(
      fc.asyncProperty(
        sizes.pageSize,
        fc.integer({ min: 1, max: 5 }),
        async (MaxResults, nodes) => {
          const fake = await anAccount({ nodes, commands: 5 });
          const pages = await walk(async (page) => {
            const answer = await fake.listCommandInvocations({ MaxResults, ...page });
            const { CommandInvocations = [], NextToken } = answer;
            return { items: CommandInvocations, ...(NextToken === undefined ? {} : { NextToken }) };
          });
          expect(pages.flat()).toEqual((await fake.listCommandInvocations({})).CommandInvocations);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("are full but for the last", () => {
    return fc.assert(
      fc.asyncProperty(sizes.pageSize, sizes.count, async (MaxResults, commands) => {
        const fake = await anAccount({ nodes: 1, commands });
        const pages = await walk(async (page) => {
          const { Commands = [], NextToken } = await fake.listCommands({ MaxResults, ...page });
          return { items: Commands, ...(NextToken === undefined ? {} : { NextToken }) };
        });
        expect(pages.slice(0, -1).every(({ length }) => length === MaxResults)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("hold for what a filter lets pass", async () => {
    const fake = await anAccount({ nodes: 3, commands: 4 });
    const begun = new Date(fake.clock.now() - 2_000).toISOString();
    const Filters = [{ key: "InvokedAfter" as const, value: begun }];
    const pages = await walk(async (page) => {
      const answer = await fake.listCommandInvocations({ Filters, MaxResults: 2, ...page });
      const { CommandInvocations = [], NextToken } = answer;
      return { items: CommandInvocations, ...(NextToken === undefined ? {} : { NextToken }) };
    });
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2]);
  });
});
