/** The kind of value at each path of an answer: `"Commands[].RequestedDateTime": "timestamp"`. */
export type MemberKinds = Readonly<Record<string, string>>;

/** As the AWS CLI 2 prints the timestamps of a model, with a fraction only where there is one. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d$/;
/** As GetCommandInvocation gives times: a string of its own. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DURATION = /^PT\d[\d.HMS]*S$/;

/** The paths of an answer, each with the kind of its value; the items of a list share one path. */
export function memberKinds(value: unknown, path = ""): MemberKinds {
  if (Array.isArray(value)) {
    return Object.assign(
      { [path]: "list" },
      ...value.map((each) => memberKinds(each, `${path}[]`)),
    );
  }
  if (typeof value !== "object" || value === null) return { [path]: kindOf(value) };
  const members = Object.entries(value).map(([name, member]) =>
    memberKinds(member, path === "" ? name : `${path}.${name}`),
  );
  return Object.assign({}, ...members);
}

function kindOf(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  if (TIMESTAMP.test(value)) return "timestamp";
  if (INSTANT.test(value)) return "instant";
  return DURATION.test(value) ? "duration" : "string";
}
