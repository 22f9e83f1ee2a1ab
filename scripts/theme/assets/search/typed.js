/* A query as it is typed, put into the form in which the rest of the search knows its parts. */

/** A decade, as “1990s” is one in many languages: its first three digits, and the ending. */
const DECADE = /(?<!\p{N})((?:1[89]|20)\p{N})0(?:['’]?s|er|年代|-?[хе])(?!\p{L})/gu;

/** A letter behind a slash that a number follows at once, as in a symbol without its dot: "B/12/L7" for "B/12/L.7". */
const UNDOTTED = /(?<=\p{N}\/)(\p{L})(?=\p{N})/gu;

/**
 * A query with each decade as the years that it spans, and symbols with their dots.
 * @param {string} text
 */
export const tidied = text => text.replace(DECADE, "$10–$19").replace(UNDOTTED, "$1.");
