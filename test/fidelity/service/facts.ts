import { isObject, type JsonObject } from "../json.ts";
import { shown } from "../shown.ts";
import { differenceOf } from "./compare.ts";

const EXACTLY = { whole: true, commandIds: [] } as const;

/** Where a document differs from facts about it, as a sentence; undefined if it does not. */
export function differenceFromFacts(facts: JsonObject, content: JsonObject): string | undefined {
  const parameters = isObject(content["parameters"]) ? content["parameters"] : {};
  const names = Object.keys(parameters);
  const { parameter, is, includes, ...others } = facts;
  if ((parameter === undefined) !== (is === undefined)) return noFact(facts);
  const found: JsonObject = {
    schemaVersion: content["schemaVersion"],
    steps: stepsOf(content),
    parameters: names,
  };
  for (const [name, fact] of Object.entries(others)) {
    if (!Object.hasOwn(found, name)) return noFact(facts);
    const difference = differenceOf(fact, found[name], name, EXACTLY);
    if (difference !== undefined) return difference;
  }
  if (parameter !== undefined) {
    const name = String(parameter);
    const difference = differenceOf(is, undescribed(parameters[name]), name, EXACTLY);
    if (difference !== undefined) return difference;
  }
  if (includes === undefined) return undefined;
  const included = names.filter((name) => !Array.isArray(includes) || includes.includes(name));
  return differenceOf(includes, included, "parameters", EXACTLY);
}

function noFact(facts: JsonObject): string {
  return `no fact of a document: ${shown(facts)}`;
}

/** A parameter without its description. */
function undescribed(parameter: unknown): unknown {
  if (!isObject(parameter)) return parameter;
  const { description, ...others } = parameter;
  return others;
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
