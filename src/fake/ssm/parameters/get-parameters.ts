import type { GetParametersRequest, GetParametersResult } from "@aws-sdk/client-ssm";
import { ok } from "../../result.ts";
import { flag } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import {
  type FoundParameter,
  findParameter,
  parameterName,
  toParameter,
} from "./stored-parameter.ts";

/**
 * GetParameters: several parameters, in alphabetical order [api-get-parameters]. What GetParameter would refuse is in
 * `InvalidParameters`, as the request has it and in the order of the request (our decision); the list is there, and empty,
 * if there is nothing of that kind [report-get-parameters]. What is asked for twice is shown once (our decision).
 */
export const getParameters = ssmOperation<GetParametersRequest, GetParametersResult>(
  {
    Names: { type: "list", min: 1, max: 10, of: parameterName, required: true },
    WithDecryption: flag,
  },
  ({ Names, WithDecryption: isDecrypted = false }, { account }) => {
    const looks = [...new Set(Names)].map((asked) => ({
      asked,
      look: findParameter(asked, account),
    }));
    const found = looks.flatMap(({ look }) => (look.ok ? [look.value] : []));
    return ok({
      Parameters: [...found]
        .sort(byName)
        .map((each) => toParameter(each, { home: account, isDecrypted })),
      InvalidParameters: looks.flatMap(({ asked, look }) => (look.ok ? [] : [asked])),
    });
  },
);

/** Versions of one parameter stay in the order of the request. */
function byName({ parameter: one }: FoundParameter, { parameter: other }: FoundParameter): number {
  if (one.name === other.name) return 0;
  return one.name < other.name ? -1 : 1;
}
