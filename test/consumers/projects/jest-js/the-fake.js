// The fake of the running test.
module.exports = { fake: undefined };
