import { expect, it } from "vitest";
import { describeOnWires, type Wired } from "../documents/describe-on-wires.ts";

async function foundIn({ ssm }: Wired, Names: string[], WithDecryption?: boolean) {
  const { Parameters, InvalidParameters } = await ssm.getParameters({ Names, WithDecryption });
  return {
    found: Parameters!.map(({ Name, Selector = "", Value }) => [`${Name}${Selector}`, Value]),
    invalid: InvalidParameters,
  };
}

describeOnWires("GetParameters", (open) => {
  it("shows each parameter as GetParameter does", async () => {
    const { fake, ssm } = open();
    fake.parameters.set("/app/version", "1.4.2");
    const { Parameters } = await ssm.getParameters({ Names: ["/app/version"] });
    const { Parameter } = await ssm.getParameter({ Name: "/app/version" });
    expect(Parameters).toEqual([Parameter]);
  });

  it("shows them in alphabetical order, and an empty list of invalid names", async () => {
    const wired = open();
    for (const name of ["b", "/z", "a"]) wired.fake.parameters.set(name, `value of ${name}`);
    expect(await foundIn(wired, ["b", "a", "/z"])).toEqual({
      found: [
        ["/z", "value of /z"],
        ["a", "value of a"],
        ["b", "value of b"],
      ],
      invalid: [],
    });
  });

  it("names what it does not find, as it was asked for", async () => {
    const wired = open();
    wired.fake.parameters.set("a", "1");
    const asked = ["z", "a:2", "a", "a:stable", "no space", "b"];
    expect(await foundIn(wired, asked)).toEqual({
      found: [["a", "1"]],
      invalid: ["z", "a:2", "a:stable", "no space", "b"],
    });
  });

  it("shows several versions of one parameter in the order of the request", async () => {
    const wired = open();
    wired.fake.parameters.set("a", "first");
    wired.fake.parameters.set("a", "second");
    expect((await foundIn(wired, ["a:2", "a:1", "a"])).found).toEqual([
      ["a:2", "second"],
      ["a:1", "first"],
      ["a", "second"],
    ]);
  });

  it("shows once what is asked for twice", async () => {
    const wired = open();
    wired.fake.parameters.set("a", "1");
    expect(await foundIn(wired, ["a", "b", "a", "b"])).toEqual({
      found: [["a", "1"]],
      invalid: ["b"],
    });
  });

  it("shows the value of a SecureString only when it is asked to decrypt it", async () => {
    const wired = open();
    wired.fake.parameters.set("token", "s3cr3t", { secure: true });
    expect([await foundIn(wired, ["token"], true), await foundIn(wired, ["token"])]).toEqual([
      { found: [["token", "s3cr3t"]], invalid: [] },
      { found: [["token", expect.stringMatching(/^AQICAH/)]], invalid: [] },
    ]);
  });
});
