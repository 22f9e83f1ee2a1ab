/* Scripts that are written without spaces: a run of their letters is searched by its pairs of letters.
   `explainer/publish/search/words.py` takes the same runs apart. */

/** Letters and marks of such scripts: Thai, Lao, Burmese, Khmer, Tai, Balinese, Javanese, Japanese and Chinese. */
const UNSPACED =
  "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ecd\\u0edc-\\u0edf\\u1000-\\u103f\\u1050-\\u108f\\u109a-\\u109f\\u1780-\\u17d3\\u17d7\\u17dc\\u17dd" +
  "\\u1950-\\u19cf\\u1a20-\\u1a7f\\u1b05-\\u1b4c\\ua984-\\ua9c0\\ua9e0-\\ua9fe\\uaa60-\\uaadf" +
  "\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u312f\\u31a0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff" +
  "\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const IN_WORD = "\\p{L}\\p{N}\\p{M}";

/** A run of letters of such scripts, or a word of others; with its marks. */
export const WORD = new RegExp(`((?:(?=[${UNSPACED}])[${IN_WORD}])+|(?:(?![${UNSPACED}])[${IN_WORD}])+)`, "u");
const WORDS = new RegExp(WORD, "gu");
const BEGINS = new RegExp(`^[${UNSPACED}]`, "u");

/** A text of Latin letters without marks, which most names are, and its words: a class of two letters is faster than one of all. */
const PLAIN = /^[\x20-\x7e]*$/;
const PLAIN_WORDS = /[a-zA-Z0-9]+/g;

/**
 * Whether a word is a run of such letters, or a part of one.
 * @param {string} word
 */
export const isUnspaced = word => BEGINS.test(word);

/**
 * The letters of a word, each with its marks.
 * @param {string} word
 */
export const lettersOf = word => word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];

/**
 * The pairs of letters of a run; its letter, if it is one.
 * @param {string} run
 */
const pairsOf = run => {
  const letters = lettersOf(run);
  return letters.length < 2 ? letters : letters.slice(1).map((letter, place) => letters[place] + letter);
};

/**
 * The words of a folded text, and the pairs of letters of what has no spaces.
 * @param {string} text
 */
export const partsOf = text =>
  PLAIN.test(text)
    ? (text.match(PLAIN_WORDS) ?? [])
    : (text.match(WORDS) ?? []).flatMap(word => (isUnspaced(word) ? pairsOf(word) : [word]));

/**
 * The last letters of the runs in a folded text: with them, each letter of a run begins a word.
 * @param {string} text
 */
export const endsOf = text =>
  PLAIN.test(text)
    ? []
    : (text.match(WORDS) ?? [])
        .filter(isUnspaced)
        .flatMap(run => (lettersOf(run).length > 1 ? lettersOf(run).slice(-1) : []));
