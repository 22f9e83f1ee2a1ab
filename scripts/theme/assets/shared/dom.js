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

/**
 * The text of an element, without the numbers of its sources.
 * @param {Element} element
 */
export const textOf = element => {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const part of copy.querySelectorAll(".cite, .headerlink")) part.remove();
  return (copy.textContent || "").replace(/\s+/g, " ").trim();
};
