/* Rows of texts as CSV. `explainer/data/cells.py` and `explainer/figures/csv_tables.py` write cells alike. */

/** First characters that make a spreadsheet run a cell as a formula. */
const FORMULA = /^[ ']*[=+\-@\t\r\n]/;

/**
 * A cell: with an apostrophe before what would run as a formula, and quoted where it has to be.
 * @param {string} text
 */
export const cell = text => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[,"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * A table, with the byte order mark by which spreadsheets know UTF-8.
 * @param {string[][]} rows
 */
export const csv = rows => `\uFEFF${rows.map(row => `${row.map(cell).join(",")}\r\n`).join("")}`;
