/* Text so folded that case and optional marks make no difference: in the search, and in the filters of lists.
   `explainer/publish/search/words.py` folds alike when the index is made. */

/** Letters that Unicode does not take apart -> what they are searched as. */
/** @type {Record<string, string>} */
const LETTERS = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ħ: "h",
  ŧ: "t",
  þ: "th",
  ı: "i",
  ς: "σ",
  ة: "ه",
  ى: "ي",
  ی: "ي",
  ک: "ك",
  ٱ: "ا",
  ـ: "",
  "\u0e4d\u0e32": "\u0e33", // a Thai and a Lao vowel, which Unicode takes apart
  "\u0ecd\u0eb2": "\u0eb3",
};
const LETTER = new RegExp(Object.keys(LETTERS).join("|"), "g");
/** Marks that may be left out: accents, Hebrew points and Arabic vowel signs; in other scripts marks are letters. */
const MARKS = new RegExp(
  "[\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a" +
    "\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u0711\\u0730-\\u074a" +
    "\\u08d3-\\u08e1\\u08e3-\\u08ff\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f]",
  "g",
);
/** Characters without a shape that say how letters join, where a line may break and in which direction. */
const JOINTS = /[\u00ad\u061c\u200b-\u200f\u2060-\u2064\ufeff]/g;

/**
 * The digit that a digit of any script stands for; all have ten in a row, the first at …0 or …6.
 * @param {string} digit
 */
const digitOf = digit => {
  const code = digit.codePointAt(0) ?? 0;
  const last = code % 16;
  return String(/\p{Nd}/u.test(String.fromCodePoint(code - last)) ? last : last - 6);
};

/**
 * A text in small letters without optional marks.
 * @param {string} text
 */
export const fold = text => {
  const small = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(small)) return small;
  return small
    .normalize("NFKD") // may make capitals of signs, as of №
    .toLowerCase()
    .replace(MARKS, "")
    .replace(JOINTS, "")
    .replace(LETTER, letter => LETTERS[letter])
    .replace(/\p{Nd}/gu, digitOf)
    .normalize("NFC");
};
