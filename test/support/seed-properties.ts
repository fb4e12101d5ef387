import fc from "fast-check";

/**
 * Every run draws the same values, so that only a change of the code changes the result. To look for new counterexamples:
 * `PROPERTY_SEED=random npm test`; to repeat one: `PROPERTY_SEED=357696218 npm test`.
 */
const asked = process.env["PROPERTY_SEED"] ?? "20261124";
if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
