import * as ssm from "@aws-sdk/client-ssm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { answerAwsJson } from "../../src/fake/adapters/aws-json.ts";
import { type SourceFile, sourceFiles, treeOf } from "./source-files.ts";

/** A refusal that is written down in the sources. */
interface WrittenRefusal {
  readonly place: string;
  /** The name of the error on the wire. */
  readonly name: string;
  /** Whether its text tells what is wrong, or it says why. */
  readonly tells: boolean;
}

const ERROR = 3;

/** Every error of the SDK, and the members that its schema `[-3, namespace, name, traits, members, …]` has. */
const MODELLED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values<unknown>(ssm).flatMap((schema) =>
    Array.isArray(schema) && schema[0] === -ERROR ? [[String(schema[2]), schema[4]]] : [],
  ),
);

/** The journal and the timeline call what these refuse a fault, whatever it says. */
const INJECTED = "src/fake/calls/faults.ts";

/** What Run Command's operations do not have in the model: errors of the framework, and those of CloudWatch Logs. */
const OF_OTHERS = [
  "AccessDeniedException",
  "ResourceNotFoundException",
  "ThrottlingException",
  "ValidationException",
];

/** The refusals in a file: objects with the name of an error, and calls of `refuse`. */
function refusalsIn(file: SourceFile): readonly WrittenRefusal[] {
  const tree = treeOf(file);
  const found: WrittenRefusal[] = [];
  const add = (node: ts.Node, name: string, tells: boolean) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    found.push({ place: `${file.path}:${line + 1}`, name, tells });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const name = node.properties.map(errorName).find((each) => each !== undefined);
      if (name !== undefined) add(node, name, node.properties.some(isSaid));
    }
    if (ts.isCallExpression(node) && node.expression.getText(tree) === "refuse") {
      const [name, ...words] = node.arguments;
      if (name !== undefined && ts.isStringLiteral(name)) {
        add(
          node,
          name.text,
          words.some((word) => word.getText(tree) !== "undefined"),
        );
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function errorName(property: ts.ObjectLiteralElementLike): string | undefined {
  if (!ts.isPropertyAssignment(property) || property.name.getText() !== "name") return undefined;
  const { initializer } = property;
  const isError =
    ts.isStringLiteral(initializer) &&
    (MODELLED.has(initializer.text) || initializer.text.endsWith("Exception"));
  return isError ? initializer.text : undefined;
}

function isSaid(property: ts.ObjectLiteralElementLike): boolean {
  return ["message", "why"].includes(property.name?.getText() ?? "");
}

const WRITTEN = sourceFiles("src/fake")
  .filter(({ path }) => path !== INJECTED)
  .flatMap(refusalsIn);

const planted = (text: string) => refusalsIn({ path: "src/fake/planted.ts", text });

/** The body of an answer that refuses by this name, with a message. */
async function bodyOf(name: string): Promise<unknown> {
  const { response } = await answerAwsJson(
    { method: "POST", headers: { "x-amz-target": "AmazonSSM.ListCommands" }, body: "{}" },
    {
      target: "AmazonSSM",
      requestId: () => "",
      call: async () => ({ ok: false, refusal: { name, message: "No." } }),
    },
  );
  return JSON.parse(new TextDecoder().decode(response.body));
}

describe("every refusal in the sources", () => {
  it("has a message, or says why", () => {
    expect(WRITTEN.filter(({ tells }) => !tells)).toEqual([]);
  });

  it("is found: by its name in an object, and in a call", () => {
    expect(WRITTEN.length).toBeGreaterThan(70);
    expect(
      planted('const a = { name: "InvalidRole" };\nreturn refuse("InvalidDocument", undefined);'),
    ).toEqual([
      { place: "src/fake/planted.ts:1", name: "InvalidRole", tells: false },
      { place: "src/fake/planted.ts:2", name: "InvalidDocument", tells: false },
    ]);
  });

  it("counts as told with either of both", () => {
    const text =
      'refuse("InvalidRole", "No."); refuse("InvalidRole", undefined, why); f({ name: "InvalidRole", why });';
    expect(planted(text).map(({ tells }) => tells)).toEqual([true, true, true]);
  });
});

describe("the message of an error on the wire", () => {
  const names = [...new Set(WRITTEN.map(({ name }) => name))].sort();
  const ofModel = names.filter((name) => MODELLED.has(name) && !OF_OTHERS.includes(name));
  const ofOthers = names.filter((name) => !ofModel.includes(name));

  it.each(ofModel)("is in the member that the SDK's model has: %s", async (name) => {
    const member = MODELLED.get(name)?.includes("Message") ? "Message" : "message";
    expect(await bodyOf(name)).toEqual({ __type: name, [member]: "No." });
  });

  it.each(ofOthers)(
    "is written small where Run Command's model lacks the error: %s",
    async (name) => {
      expect(await bodyOf(name)).toEqual({ __type: name, message: "No." });
    },
  );
});
