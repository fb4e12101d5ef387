import { describe, expect, it } from "vitest";
import { CONSISTENCY_PRESETS } from "../../src/fake/account/latency.ts";
import { OPEN_QUESTIONS } from "../../src/fake/engine/settings.ts";
import { DECIDED_QUESTIONS, SETTING_NOTES } from "../support/open-question-notes.ts";
import { documentedDelays, documentedSettings, settingsPage } from "../support/settings-page.ts";

describe("the page of settings", () => {
  it("is what the source says (stale: npx vitest run test/words -u)", async () => {
    await expect(settingsPage()).toMatchFileSnapshot("../../docs/settings.md");
  });

  it("has a row for every setting", () => {
    expect(documentedSettings().map(({ name }) => name)).toEqual(Object.keys(OPEN_QUESTIONS));
  });

  it.each(documentedSettings())("names the default that $name has", ({ name, byDefault }) => {
    const [, value] = Object.entries(OPEN_QUESTIONS).find(([setting]) => setting === name)!;
    expect(byDefault).toBe(value === undefined ? "undefined" : JSON.stringify(value));
  });

  it.each(documentedDelays())("names the default that $name has", ({ name, byDefault }) => {
    const [, value] = Object.entries(CONSISTENCY_PRESETS.instant).find(
      ([delay]) => delay === name,
    )!;
    expect(byDefault).toBe(JSON.stringify(value));
  });

  it.each([...documentedSettings(), ...documentedDelays()])("explains $name", ({ comment }) => {
    expect(comment).toMatch(/^[A-Z`].*\.$/s);
  });

  it("answers the forty questions, each once", () => {
    const numbers = [
      ...Object.values(SETTING_NOTES).flatMap(({ questions }) => questions),
      ...Object.keys(DECIDED_QUESTIONS).map(Number),
    ];
    const all = Array.from({ length: 40 }, (_, index) => index + 1);
    expect(numbers.sort((a, b) => a - b)).toEqual(all);
  });
});
