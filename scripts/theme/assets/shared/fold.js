/* Text so folded that accents and case make no difference: in the search, and in the filters of lists. */

/** Letters that Unicode does not take apart -> what they are searched as. */
/** @type {Record<string, string>} */
const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", ة: "ه", ى: "ي", ـ: "" };

/**
 * A text in small letters without accents.
 * @param {string} text
 */
export const fold = text => {
  const small = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(small)) return small;
  return small
    .normalize("NFKD") // may make capitals of signs, as of №
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[œæßøđłıةىـ]/g, letter => LETTERS[letter] ?? letter);
};
