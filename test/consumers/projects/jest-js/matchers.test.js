const { matcherStories } = require("./matcher-stories.js");

test.each(Object.entries(matcherStories(expect)))("%s", (_name, story) => story());
