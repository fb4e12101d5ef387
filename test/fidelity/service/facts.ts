import { isObject, type JsonObject } from "../json.ts";
import { shown } from "../shown.ts";
import { differenceOf } from "./compare.ts";

const EXACTLY = { whole: true, commandIds: [] } as const;

/** Where a document differs from facts about it, as a sentence; undefined if it does not. */
export function differenceFromFacts(facts: JsonObject, content: JsonObject): string | undefined {
  const parameters = isObject(content["parameters"]) ? content["parameters"] : {};
  const names = Object.keys(parameters);
  const { parameter, is, parameters: inOrder, includes } = facts;
  if (typeof parameter === "string") {
    const { description, ...found } = Object(parameters[parameter]);
    return differenceOf(is, found, parameter, EXACTLY);
  }
  if (Array.isArray(inOrder)) return differenceOf(inOrder, names, "parameters", EXACTLY);
  if (Array.isArray(includes)) {
    const found = names.filter((name) => includes.includes(name));
    return differenceOf(includes, found, "parameters", EXACTLY);
  }
  const found = { schemaVersion: content["schemaVersion"], steps: stepsOf(content) };
  return Object.keys(facts).every((name) => name in found)
    ? (differenceOf(facts, found, "document", { ...EXACTLY, whole: false }) ?? lackOf(facts, found))
    : `no fact of a document: ${shown(facts)}`;
}

/** Steps are compared whole: a step has no precondition and no time-out that the facts do not have. */
function lackOf(facts: JsonObject, found: { readonly steps: unknown }): string | undefined {
  return differenceOf(facts["steps"] ?? found.steps, found.steps, "steps", EXACTLY);
}

function stepsOf({ mainSteps, runtimeConfig }: JsonObject): readonly JsonObject[] {
  if (Array.isArray(mainSteps)) {
    return mainSteps.map(({ name, action, precondition, inputs }) =>
      given({ name, action, precondition, timeoutSeconds: Object(inputs)["timeoutSeconds"] }),
    );
  }
  return Object.entries(Object(runtimeConfig)).map(([action, plugin]) => {
    const [first] = [Object(plugin)["properties"]].flat();
    return given({ action, timeoutSeconds: Object(first)["timeoutSeconds"] });
  });
}

function given(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
