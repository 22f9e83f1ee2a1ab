import assert from "node:assert/strict";
import { test } from "node:test";
import { fragment } from "../../scripts/theme/assets/explainer/copying.js";

test("a paragraph has an address of its first words, in which hyphens and commas mean nothing", () => {
  assert.equal(
    fragment("A well-known rule, made in 2001 by nobody at all, holds."),
    "#:~:text=A%20well%2Dknown%20rule%2C%20made%20in%202001%20by%20nobody",
  );
});
