import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonMistakeIn } from "../../../../src/fake/account/documents/json-places.ts";

/** Text with a mark where it stops being JSON: the text without the mark, and the offset of the mark. */
function marked(text: string) {
  return { text: text.replace("☞", ""), offset: text.indexOf("☞") };
}

describe("text stops being JSON", () => {
  it.each([
    ["where a word is not one of its three", '{"a": 1, "b": ☞yes}'],
    ["where a string is not quoted", "☞a: 1"],
    ["where a name is not quoted", "{☞a: 1}"],
    ["after a comma that nothing follows in a list", "[1, ☞]"],
    ["after a comma that nothing follows in an object", '{\n  "a": 1,\n☞}'],
    ["where a comma is missing", '{"a": 1 ☞"b": 2}'],
    ["where a colon is missing", '{"a" ☞1}'],
    ["where a second value stands", '{"a": 1} ☞{"b": 2}'],
    ["at a bracket of the other kind", '{"a": [1, 2☞}'],
    ["at a bracket that closes nothing", "[]☞]"],
    ["at a number with a leading zero", "[0☞1]"],
    ["where a string goes on over the line", '["a", "b☞\nc"]'],
    ["at an unknown escape", '["a☞\\q"]'],
    ["at the end of a string that does not end", '{"a": "b☞'],
    ["at the end of half an escape", '"\\n☞\\u00'],
    ["at the end of half a word", "[tru☞"],
    ["where a word goes on in another way", "[tru☞th]"],
    ["at the end when it stops short", '{"a": {"b": [1☞'],
    ["at the end when it is empty", "  ☞"],
  ])("%s", (_, text) => {
    const { text: broken, offset } = marked(text);
    expect(() => JSON.parse(broken)).toThrow(SyntaxError);
    expect(jsonMistakeIn(broken)).toBe(offset);
  });

  it("at its end, wherever JSON was cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (json, at) => {
        const text = `[${json}]`;
        const cut = text.slice(0, at % text.length);
        const isInToken = jsonMistakeIn(cut) < cut.length;
        // In that case what is left of a string, a number or a word is the mistake.
        expect(isInToken ? cut.slice(jsonMistakeIn(cut)) : "").toMatch(
          /^(?:".*|[a-z]*|-?[\d.e+-]*)$/is,
        );
      }),
    );
  });

  it("at a character that no JSON has, wherever it stands outside of a string", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: true }), (json) => {
        expect(jsonMistakeIn(`${json}~`)).toBe(json.length);
      }),
    );
  });
});
