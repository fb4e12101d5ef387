import type { Platform, Precondition } from "./document-model.ts";
import { type ParameterValues, substituteOperand } from "./parameters.ts";

/** What speaks against running a step: a condition that does not hold, or one that the agent does not understand. */
export interface Objection {
  readonly type: "unsatisfied" | "unrecognized";
  readonly text: string;
}

/**
 * What speaks against running a step on a node, if anything does.
 *
 * Conditions are `StringEquals` of two different operands: `platformType` and a platform (case does not matter), or strings
 * with at least one parameter of the document. Messages: [agent-run-plugins].
 */
export function objectionTo(
  { operator, operands }: Precondition,
  { platform, values }: { readonly platform: Platform; readonly values: ParameterValues },
): Objection | undefined {
  const unrecognized = (text: string): Objection => ({ type: "unrecognized", text });
  if (operator !== "StringEquals") return unrecognized(`unrecognized operator: "${operator}"`);
  const says = `"${operator}":`;
  const [left, right] = operands;
  if (left === undefined || right === undefined || operands.length > 2) {
    return unrecognized(`${says} operator accepts exactly 2 arguments`);
  }
  if (left === right) {
    return unrecognized(
      left === PLATFORM
        ? `${says} [${left} ${right}]`
        : `${says} operator's arguments can't be identical`,
    );
  }
  if (operands.some((operand) => SSM_REFERENCE.test(operand))) {
    return unrecognized(`${says} operator's arguments can't contain SSM parameters`);
  }
  if (operands.some((operand) => SECURE_REFERENCE.test(operand))) {
    return unrecognized(`${says} operator's arguments can't contain secure SSM parameters`);
  }
  const leftValue = substituteOperand(left, values);
  const rightValue = substituteOperand(right, values);
  const isConstant = leftValue === left && rightValue === right;
  const isOnPlatform = left === PLATFORM || right === PLATFORM;
  if (isOnPlatform && !isConstant) {
    return unrecognized(
      `${says} the second argument for the platformType variable can't contain document parameters`,
    );
  }
  if (!isOnPlatform && isConstant) {
    return unrecognized(
      `${says} at least one of operator's arguments must contain a valid document parameter`,
    );
  }
  const wanted = left === PLATFORM ? right : left;
  const holds = isOnPlatform
    ? wanted.toLowerCase() === platform.toLowerCase()
    : leftValue === rightValue;
  return holds ? undefined : { type: "unsatisfied", text: `${says} [${left}, ${right}]` };
}

const PLATFORM = "platformType";

/** References as the agent looks for them here: without versions and dots, and with other white space [agent-run-plugins]. */
const SSM_REFERENCE = /\{\{[\t\n\f\r ]*ssm:[\w\-/]+[\t\n\f\r ]*\}\}/;
const SECURE_REFERENCE = /\{\{[\t\n\f\r ]*ssm-secure:[\w\-/]+[\t\n\f\r ]*\}\}/;
