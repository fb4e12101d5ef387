import { describe, expect, it, vi } from "vitest";
import { DocumentStore } from "../../../../src/fake/account/documents/document-store.ts";
import { content } from "../../documents/a-document.ts";

const HOME = { region: "us-east-1", accountId: "123456789012" };

const loads = vi.hoisted(() => ({ count: 0 }));

vi.mock("yaml", async (load) => {
  loads.count++;
  return load();
});

/** How often the parser has been loaded after a store took this content. */
async function loadsAfter(given: string | object): Promise<number> {
  await new DocumentStore(HOME).add("App", given);
  return loads.count;
}

// The order of these tests counts: what is loaded stays loaded.
describe("the parser of YAML", () => {
  it("is not loaded by the package, by an object or by JSON", async () => {
    await import("ssm-run-command/fake");
    const counts = [await loadsAfter(content()), await loadsAfter(JSON.stringify(content()))];
    expect(counts).toEqual([0, 0]);
  });

  it("is loaded by the first content that is YAML, and once", async () => {
    const yaml = "schemaVersion: '2.2'\n";
    expect([await loadsAfter(yaml), await loadsAfter(yaml)]).toEqual([1, 1]);
  });
});
