/* Elements of a page. What records and readers write is only ever set as text, never as markup. */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {...(Node | string)} inside
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const make = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

/** @param {Element} element */
const plain = element => (element.textContent || "").replace(/\s+/g, " ").trim();

/**
 * The text of an element, without the numbers of its sources.
 * @param {Element} element
 */
export const textOf = element => {
  if (!element.childElementCount) return plain(element);
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const part of copy.querySelectorAll(".cite, .headerlink")) part.remove();
  return plain(copy);
};
