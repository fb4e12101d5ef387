import ts from "typescript";
import { type SourceFile, treeOf } from "./source-files.ts";

/** Methods that change the list, set or map that they are called on. */
const CHANGING =
  /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear)$/;

/** A record that only the caller has so far: the name of its type says so. */
const OWN = /Draft$/;

/**
 * The arguments that functions of a file change, by name: members that are assigned, counted or deleted, lists that are
 * sorted or added to. A draft belongs to the caller, and may be changed.
 */
export function changedArguments(file: SourceFile): readonly string[] {
  const found: string[] = [];
  visit(treeOf(file), new Set());
  return found;

  function visit(node: ts.Node, given: ReadonlySet<string>): void {
    const known = ts.isFunctionLike(node) ? new Set([...given, ...argumentsOf(node)]) : given;
    const changed = changedBy(node);
    const root = changed && rootOf(changed);
    if (root !== undefined && known.has(root)) found.push(root);
    ts.forEachChild(node, (child) => visit(child, known));
  }
}

/** What a node changes a member of, if it changes one. */
function changedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns ? memberOwner(node.left) : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const counts =
      node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken;
    return counts ? memberOwner(node.operand) : undefined;
  }
  if (ts.isDeleteExpression(node)) return memberOwner(node.expression);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    return CHANGING.test(name.text) ? expression : undefined;
  }
  return undefined;
}

function memberOwner(target: ts.Expression): ts.Expression | undefined {
  const isMember = ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target);
  return isMember ? target.expression : undefined;
}

/** The variable that a chain of members begins with. */
function rootOf(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  const owner = memberOwner(expression);
  return owner && rootOf(owner);
}

function argumentsOf(node: ts.SignatureDeclaration): readonly string[] {
  return node.parameters
    .filter(({ type }) => type === undefined || !OWN.test(type.getText()))
    .flatMap(({ name }) => namesIn(name));
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? namesIn(element.name) : [],
  );
}
