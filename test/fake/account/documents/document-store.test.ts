import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DocumentStore } from "../../../../src/fake/account/documents/document-store.ts";
import { content, scriptStep } from "../../documents/a-document.ts";

const HOME = { region: "us-east-1", accountId: "123456789012" };
const ARN = "arn:aws:ssm:us-east-1:123456789012:document/App";
const OTHERS_ARN = "arn:aws:ssm:us-east-1:999988887777:document/App";

/** Content whose only step has this name, so that versions can be told apart. */
const named = (name: string) => content({ mainSteps: [scriptStep({ name })] });

/** A store with the document `App` in so many versions, whose steps are v1, v2 and so on. */
async function aStore({ name = "App", versions = 1 } = {}) {
  const store = new DocumentStore(HOME);
  for (let version = 1; version <= versions; version++) await store.add(name, named(`v${version}`));
  return store;
}

/** The step of the version that a request means, or the refusal. */
function meant(
  store: DocumentStore,
  name: string,
  how: { readonly version?: string; readonly hash?: string } = {},
): string | undefined {
  const answer = store.resolve(name, how);
  return answer.ok ? answer.value.document.steps[0]!.name : answer.refusal.name;
}

/** How many characters a document has beside its description. */
const FRAME = JSON.stringify(content({ description: "" })).length;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a document's name", () => {
  it("means the document", async () => {
    expect(meant(await aStore(), "App")).toBe("v1");
  });

  it("means a document of AWS without being added", () => {
    expect(meant(new DocumentStore(HOME), "AWS-RunShellScript")).toBe("aws:runShellScript");
  });

  it("means the account's own before AWS's", async () => {
    expect(meant(await aStore({ name: "AWS-RunShellScript" }), "AWS-RunShellScript")).toBe("v1");
  });

  it.each(["Other", "app", "toString"])("means nothing when it is %s", async (name) => {
    expect((await aStore()).resolve(name, {})).toEqual({
      ok: false,
      refusal: { name: "InvalidDocument", why: expect.stringContaining(`no document ${name}`) },
    });
  });
});

describe("a document's ARN", () => {
  it("means the document of this account", async () => {
    expect(meant(await aStore(), ARN)).toBe("v1");
  });

  it("means nothing in a partition that the region is not in", async () => {
    const arn = "arn:aws-cn:ssm:us-east-1:123456789012:document/App";
    expect((await aStore()).resolve(arn, {})).toMatchObject({
      ok: false,
      refusal: { name: "InvalidDocument" },
    });
  });

  it("means a document of AWS when it names no account", () => {
    const arn = "arn:aws:ssm:us-east-1::document/AWS-RunShellScript";
    expect(meant(new DocumentStore(HOME), arn)).toBe("aws:runShellScript");
  });

  it("means what another account shares, once that was added", async () => {
    const store = await aStore();
    await store.add(OTHERS_ARN, named("shared"));
    expect([meant(store, OTHERS_ARN), meant(store, "App")]).toEqual(["shared", "v1"]);
  });

  it.each([
    ["another account", OTHERS_ARN],
    ["another region", "arn:aws:ssm:eu-west-1:123456789012:document/App"],
    ["another region of AWS", "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"],
    ["no document", "arn:aws:ssm:us-east-1:123456789012:parameter/App"],
  ])("means nothing when it is of %s", async (_, arn) => {
    expect(meant(await aStore(), arn)).toBe("InvalidDocument");
  });

  it("makes the same versions as the name", async () => {
    const store = await aStore();
    await store.add(ARN, named("v2"));
    expect(meant(store, "App", { version: "$LATEST" })).toBe("v2");
  });
});

describe("a document's version", () => {
  it.each([
    [undefined, "v1"],
    ["$DEFAULT", "v1"],
    ["$LATEST", "v3"],
    ["1", "v1"],
    ["2", "v2"],
    ["3", "v3"],
  ])("%s means %s of three", async (version, step) => {
    const store = await aStore({ versions: 3 });
    expect(meant(store, "App", version === undefined ? {} : { version })).toBe(step);
  });

  it.each(["0", "4", "newest", "1.5", ""])("%j is refused without a message", async (version) => {
    expect((await aStore({ versions: 3 })).resolve("App", { version })).toEqual({
      ok: false,
      refusal: { name: "InvalidDocumentVersion", why: expect.any(String) },
    });
  });

  it("is 1, 2, 3 in the order of adding", async () => {
    const store = new DocumentStore(HOME);
    const added = [];
    for (const step of ["a", "b", "c"]) added.push(await store.add("App", named(step)));
    expect(added).toMatchObject([1, 2, 3].map((version) => ({ value: { version } })));
  });

  it("of AWS's documents is 1", () => {
    const store = new DocumentStore(HOME);
    expect([
      meant(store, "AWS-UpdateSSMAgent", { version: "1" }),
      meant(store, "AWS-UpdateSSMAgent", { version: "2" }),
    ]).toEqual(["createUpdateFolder", "InvalidDocumentVersion"]);
  });
});

describe("the default version", () => {
  it("is the one that was made it", async () => {
    const store = await aStore({ versions: 3 });
    expect([store.setDefault("App", 2), meant(store, "App")]).toEqual([true, "v2"]);
  });

  it("stays what it is when another version is added", async () => {
    const store = await aStore({ versions: 2 });
    store.setDefault("App", 2);
    await store.add("App", named("v3"));
    expect(meant(store, "App")).toBe("v2");
  });

  it("of a document of this account can be set by its ARN", async () => {
    const store = await aStore({ versions: 2 });
    store.setDefault(ARN, 2);
    expect(meant(store, "App")).toBe("v2");
  });

  it("of another account's document can be set by its ARN", async () => {
    const store = await aStore({ name: OTHERS_ARN, versions: 2 });
    store.setDefault(OTHERS_ARN, 2);
    expect(meant(store, OTHERS_ARN)).toBe("v2");
  });

  it.each([
    ["a version that does not exist", "App", 4],
    ["version 0", "App", 0],
    ["a document that does not exist", "Other", 1],
    ["a document of AWS", "AWS-RunShellScript", 1],
  ])("cannot be %s", async (_, name, version) => {
    const store = await aStore({ versions: 3 });
    expect([store.setDefault(name, version), meant(store, "App")]).toEqual([false, "v1"]);
  });
});

describe("a document's hash", () => {
  const text = JSON.stringify(named("v1"));

  it("is SHA-256 of the text", async () => {
    const store = new DocumentStore(HOME);
    await store.add("App", text);
    expect(store.resolve("App", {})).toMatchObject({ value: { hash: sha256(text) } });
  });

  it("is that of the JSON of an object", async () => {
    const store = new DocumentStore(HOME);
    await store.add("App", named("v1"));
    expect(meant(store, "App", { hash: sha256(text) })).toBe("v1");
  });

  it("is refused when it is that of another version", async () => {
    const store = await aStore({ versions: 2 });
    const hash = sha256(JSON.stringify(named("v2")));
    expect([meant(store, "App", { hash }), meant(store, "App", { hash, version: "2" })]).toEqual([
      "InvalidDocument",
      "v2",
    ]);
  });

  // [rec-2026-09-27-documents]
  it("of AWS-RunShellScript is AWS's", () => {
    const hash = "99749de5e62f71e5ebe9a55c2321e2c394796afe7208cff048696541e6f6771e";
    const store = new DocumentStore(HOME);
    expect([
      meant(store, "AWS-RunShellScript", { hash }),
      meant(store, "AWS-RunShellScript", { hash: sha256("other") }),
    ]).toEqual(["aws:runShellScript", "InvalidDocument"]);
  });

  it("of the other documents of AWS is not known, so that any will do", () => {
    const hash = sha256("any");
    expect(meant(new DocumentStore(HOME), "AWS-UpdateSSMAgent", { hash })).toBe(
      "createUpdateFolder",
    );
  });
});

describe("content", () => {
  const YAML = "schemaVersion: '2.2'\nmainSteps:\n  - { name: v1, action: aws:runShellScript }\n";

  it.each([
    ["an object", named("v1")],
    ["JSON as text", JSON.stringify(named("v1"), null, 2)],
    ["YAML as text", YAML],
    ["YAML with Windows' newlines", YAML.replaceAll("\n", "\r\n")],
  ])("may be %s", async (_, given) => {
    const store = new DocumentStore(HOME);
    await store.add("App", given);
    expect(meant(store, "App")).toBe("v1");
  });

  it.each([
    ["64 KB is kept", true, "x".repeat(64 * 1024 - FRAME)],
    ["a byte more is refused", false, "x".repeat(64 * 1024 + 1 - FRAME)],
    ["as many characters of two bytes is refused", false, "é".repeat(64 * 1024 - FRAME)],
  ])("of %s", async (_, isKept, description) => {
    const answer = await new DocumentStore(HOME).add("App", content({ description }));
    expect(answer.ok).toBe(isKept);
  });

  it("stays what it was when its object is changed afterwards", async () => {
    const store = new DocumentStore(HOME);
    const inputs = { runCommand: ["before"] };
    await store.add("App", content({ mainSteps: [scriptStep({ inputs })] }));
    inputs.runCommand[0] = "after";
    expect(store.resolve("App", {})).toMatchObject({
      value: { document: { steps: [{ properties: { runCommand: ["before"] } }] } },
    });
  });

  it("of YAML that swells when its aliases are followed is refused", async () => {
    const list = (name: string, of: string) => `${name}: &${name} [${`${of}, `.repeat(10)}]\n`;
    const bomb = list("a", "x") + list("b", "*a") + list("c", "*b") + list("d", "*c");
    expect(await new DocumentStore(HOME).add("App", bomb)).toMatchObject({
      refusal: { name: "InvalidDocumentContent", message: expect.stringContaining("alias") },
    });
  });

  it("of YAML that contains itself is refused", async () => {
    expect(await new DocumentStore(HOME).add("App", "mainSteps: &a [*a]\n")).toMatchObject({
      refusal: { name: "InvalidDocumentContent" },
    });
  });
});

describe("a store that was cleared", () => {
  it("has forgotten documents, versions and defaults", async () => {
    const store = await aStore({ versions: 2 });
    store.setDefault("App", 2);
    store.clear();
    await store.add("App", named("new"));
    await store.add("App", named("newer"));
    expect(meant(store, "App")).toBe("new");
  });

  it("has AWS's documents", async () => {
    const store = await aStore();
    store.clear();
    expect(meant(store, "AWS-RunShellScript")).toBe("aws:runShellScript");
  });
});

describe("the patterns of documents", () => {
  const PATTERN = "^[a-z]+$";

  it("are compiled once, however often they are asked for", () => {
    const store = new DocumentStore(HOME);
    expect(store.compile(PATTERN)).toBe(store.compile(PATTERN));
  });

  it("are compiled anew after a reset", () => {
    const store = new DocumentStore(HOME);
    const before = store.compile(PATTERN);
    store.clear();
    expect(store.compile(PATTERN)).not.toBe(before);
  });
});
