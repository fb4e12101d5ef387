import { isDuration } from "../case-time.ts";
import { isObject } from "../json.ts";
import {
  anything,
  type Check,
  count,
  filledListOf,
  integer,
  listOf,
  matching,
  object,
  one,
  oneOf,
  recordOf,
  shape,
  text,
  truth,
} from "../shape.ts";
import { messageOf } from "../shown.ts";
import type { AgentCase } from "./agent-case.ts";
import { checkLongText, writtenOut } from "./long-text.ts";
import { checkNeed } from "./needs.ts";

/**
 * The cases of a file, with their long strings written out.
 *
 * @throws Error with one sentence for the first thing that breaks the format, be it the file or one of its cases.
 */
export function parseAgentCases(json: string): readonly AgentCase[] {
  const file = parseJson(json);
  if (!isObject(file) || !Array.isArray(file["cases"])) {
    throw new Error('A file of agent cases has to be { "cases": [case, …] }.');
  }
  const cases = file["cases"].map((value: unknown, index) => parseCase(value, index + 1));
  const problem = [...checkHead(file, "file"), ...repeatedIds(cases)][0];
  if (problem !== undefined) throw new Error(problem);
  return cases;
}

function parseCase(value: unknown, ordinal: number): AgentCase {
  const id = isObject(value) && typeof value["id"] === "string" ? value["id"] : ordinal;
  const [problem] = checkCase(value, `case ${id}`);
  if (problem !== undefined) throw new Error(problem);
  // Every key and value has been checked.
  const { agent, ...others } = value as AgentCase;
  // Only there is such an object a long string: a document may hold one of its own.
  return { ...others, agent: writtenOut(agent) };
}

function repeatedIds(cases: readonly AgentCase[]): readonly string[] {
  const ids = cases.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) < index);
  return repeated.map((id) => `Two cases have the id ${id}.`);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`A file of agent cases has to be JSON, and this is not: ${messageOf(error)}.`);
  }
}

const milliseconds = one((value) => Number.isInteger(value) && Number(value) >= 0, "milliseconds");
const duration = one(isDuration, 'a duration such as "80h"');
const named = matching(/\S/, "a name");

const checkParameter: Check = (value, path) => {
  if (typeof value === "string") return [];
  return Array.isArray(value) ? listOf(text)(value, path) : shape({ secure: text })(value, path);
};

const checkPlugin = shape(
  { id: named },
  {
    status: text,
    code: integer,
    output: checkLongText,
    stdout: checkLongText,
    stderr: checkLongText,
    elapsedSeconds: one((value) => typeof value === "number", "a number"),
  },
);

const checkAnswer: Check = (value, path) => {
  const problems = shape(
    { plugins: listOf(checkPlugin) },
    { documentStatus: text, trace: checkLongText, refused: text },
  )(value, path);
  if (problems.length > 0 || !isObject(value)) return problems;
  const says = ["documentStatus", "trace", "refused"].some((key) => Object.hasOwn(value, key));
  return says ? [] : [`${path} has no documentStatus, trace or refused.`];
};

/** What the node does is checked by the fake. */
const checkBehavior = object(({ type }, path) => text(type, `${path}.type`));

const checkKeys = shape(
  {
    id: matching(/^\S+$/, "a name without white space"),
    family: named,
    title: text,
    agent: checkAnswer,
    source: text,
    confidence: oneOf("certain", "likely"),
  },
  {
    document: object(() => []),
    documentText: text,
    documentName: named,
    parameters: recordOf(listOf(text)),
    ssm: recordOf(checkParameter),
    platform: oneOf("Linux", "Windows", "MacOS"),
    shell: named,
    behavior: checkBehavior,
    cancelAfterMs: milliseconds,
    timeoutSeconds: integer,
    advance: duration,
    needs: filledListOf(checkNeed),
    limitMs: count,
    stillOpenMs: count,
    leaves: shape({ afterMs: milliseconds, files: recordOf(truth) }),
    serviceSide: truth,
  },
);

const checkHead = shape({ cases: anything }, { about: text, agent: anything });

const DOCUMENTS = ["document", "documentText", "documentName"];

const checkCase: Check = (value, path) => {
  const held = DOCUMENTS.filter((key) => isObject(value) && Object.hasOwn(value, key));
  const isClear = held.length === 1;
  const one = isClear ? [] : [`${path} has to have exactly one of ${DOCUMENTS.join(", ")}.`];
  return [...checkKeys(value, path), ...one];
};
