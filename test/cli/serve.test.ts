import ts from "typescript";
import { describe, expect, it } from "vitest";
import { SERVE_OPTIONS } from "../../src/cli/serve-options.ts";
import { sourceFile, treeOf } from "../structure/source-files.ts";

/** The members that a program destructures, each with the name that it gives it, and the names that it uses. */
function namesOf(tree: ts.SourceFile) {
  const taken = new Map<string, string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isBindingElement(node)) {
      taken.set((node.propertyName ?? node.name).getText(tree), node.name.getText(tree));
    } else if (ts.isIdentifier(node) && !isLabel(node)) {
      used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { taken, used };
}

/** Whether an identifier only names a place: a member of an object, or a member that is being destructured. */
function isLabel(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  const isMember = ts.isPropertyAssignment(parent) || ts.isPropertyAccessExpression(parent);
  return ts.isBindingElement(parent) || (isMember && parent.name === identifier);
}

describe("serve", () => {
  // The compiler reports a setting that is not destructured; nothing reports one that is, beside a rest, but is not used.
  it("uses every setting that it takes", () => {
    const { taken, used } = namesOf(treeOf(sourceFile("src/cli/serve.ts")));
    const settings = Object.keys(SERVE_OPTIONS);
    expect(settings.filter((setting) => !used.has(taken.get(setting) ?? ""))).toEqual([]);
  });
});
