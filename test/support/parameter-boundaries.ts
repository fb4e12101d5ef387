import { type Boundary, bound, each, list, longest, NULL, shortest, x } from "./boundary.ts";

/** The members that every request about parameters needs. */
export const LEAST_OF_PARAMETERS = {
  GetParameter: { Name: "/app/version" },
  GetParameters: { Names: ["/app/version"] },
} as const;

const NAME = each(longest(2_048), shortest(1));

/** The boundary of every limit of the operations on parameters. */
export const PARAMETER_BOUNDARIES = {
  GetParameter: {
    Name: bound("name", (Name) => ({ Name }), {
      min: ["x", "", shortest(1)],
      max: [x(2_048), x(2_049), longest(2_048)],
      required: ["x", undefined, NULL],
    }),
  },
  GetParameters: {
    Names: bound("names", (Names) => ({ Names }), {
      min: [["x"], [], shortest(1)],
      max: [list(10, "x"), list(11, "x"), longest(10)],
      required: [["x"], undefined, NULL],
    }),
    "Names[]": bound("names", (name) => ({ Names: ["x", name] }), {
      min: ["x", "", NAME],
      max: [x(2_048), x(2_049), NAME],
    }),
  },
} satisfies Readonly<Record<string, Readonly<Record<string, Boundary>>>>;
