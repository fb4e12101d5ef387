import type { Parameter } from "@aws-sdk/client-ssm";
import { parameterArn } from "../../../domain/arns.ts";
import { partitionOf } from "../../../domain/partition.ts";
import { seededRandom, seedOf } from "../../../time/random.ts";
import type { Account } from "../../account/account.ts";
import type { ParameterVersion } from "../../account/parameters.ts";
import { ok, type Result, refuse } from "../../result.ts";

/** A version of a parameter, and the version that the request named, if it named one. */
export interface FoundParameter {
  readonly parameter: ParameterVersion;
  readonly selector: string | undefined;
}

type Home = Pick<Account, "region" | "accountId" | "parameters">;

/** The name of a parameter, or its ARN, as requests show it. */
export const parameterName = { type: "string", min: 1, max: 2_048 } as const;

const PARAMETER_ARN = /^arn:([\w-]+):ssm:([\w-]*):(\d*):parameter\/(.+)$/;
const SELECTED = /^([^:]+)(?::([^:]+))?$/;

/**
 * The parameter that `name`, `name:version` or an ARN means. Spaces around a name are dropped, and a name with a space in it
 * is refused [api-get-parameter], with a message that is ours. A parameter that does not exist has no message. The message
 * about a version is AWS's [report-parameter-version]; the fake has no labels, so a label is a version that does not exist.
 */
export function findParameter(asked: string, home: Home): Result<FoundParameter> {
  const trimmed = asked.trim();
  if (/\s/.test(trimmed)) {
    return refuse("ValidationException", "The name of a parameter cannot have spaces in it.");
  }
  const { names, selector } = namesMeant(trimmed, home);
  const { parameters } = home;
  const newest = names.map((name) => parameters.find(name)).find((found) => found !== undefined);
  if (newest === undefined) {
    const why = `The Parameter Store of the fake has no parameter ${asked.slice(0, 200)}. Set it: fake.parameters.set(…).`;
    return refuse("ParameterNotFound", undefined, why);
  }
  if (selector === undefined) return ok({ parameter: newest, selector });
  const parameter = parameters.find(`${newest.name}:${selector}`);
  if (parameter !== undefined) return ok({ parameter, selector });
  return refuse(
    "ParameterVersionNotFound",
    `Systems Manager could not find version ${selector} of ${newest.name}. Verify the version and try again.`,
  );
}

/**
 * The names that a request may mean. An ARN is the same whether the name begins with a slash or not; one of another account
 * or region means no parameter here (our decision).
 */
function namesMeant(
  asked: string,
  home: Home,
): { readonly names: readonly string[]; readonly selector: string | undefined } {
  const [, partition, region, accountId, local] = PARAMETER_ARN.exec(asked) ?? [];
  const [, name = "", selector] = SELECTED.exec(local ?? asked) ?? [];
  if (local === undefined) return { names: [name], selector };
  const isHere = region === home.region && partition === partitionOf(home.region);
  const isOurs = isHere && accountId === home.accountId;
  return { names: isOurs ? [`/${name}`, name] : [], selector };
}

/**
 * A parameter as GetParameter and GetParameters show it, by its name even if it was asked for by its ARN (our decision). The
 * value of a SecureString is shown if the request says so, else something in its place. A name stands without its version, and
 * the version in `Selector`, behind a colon [report-get-parameters].
 */
export function toParameter(
  { parameter, selector }: FoundParameter,
  { home, isDecrypted }: { readonly home: Home; readonly isDecrypted: boolean },
): Parameter {
  const { name, type, version, setAt } = parameter;
  const isHidden = type === "SecureString" && !isDecrypted;
  return {
    Name: name,
    Type: type,
    Value: isHidden ? ciphertextOf(parameter) : parameter.value,
    Version: version,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(setAt),
    ARN: parameterArn(name, home),
    DataType: "text",
  };
}

/** How what AWS encrypts begins: `AQICAH` in base64. */
const FIRST_BYTES = [1, 2, 2, 0, 0x78] as const;

/**
 * What stands in the place of an encrypted value: base64 that looks like AWS's and is made of the parameter's name and
 * version alone, so that it is the same in every run and tells nothing of the value, nor of its length (our decision).
 */
function ciphertextOf({ name, version }: Pick<ParameterVersion, "name" | "version">): string {
  const random = seededRandom(seedOf(`${name}:${version}`));
  const rest = Array.from({ length: 145 }, () => Math.floor(random() * 256));
  return btoa(String.fromCharCode(...FIRST_BYTES, ...rest));
}
