const { stories } = require("./stories.js");

test.each(Object.entries(stories))("%s", (_name, story) => story());
