/* Which group has the most of something: "which year had the most arrivals" is answered where a page adds them up by year. */

import { compared } from "./comparing.js";
import { asksMost, isAmong, rootsOf, shareSaid } from "./most.js";
import { RANKING } from "./ranking.js";
import { reworded } from "./synonyms.js";
import { wordsIn, wordsOf } from "./words.js";
import { yearsIn } from "./years.js";

/** @import { Ranking } from "./names.js" */
/** @import { Part } from "./parts.js" */
/** @import { Index } from "./vocabulary.js" */

/** @param {string[]} texts */
const rootsIn = texts => [...new Set(rootsOf(texts.flatMap(wordsOf)))];

/**
 * How much a query says of what a ranking counts; 0 where it does not name its groups, or says something else besides.
 * @param {string[]} said The roots of the query without words for the most.
 * @param {string[]} telling Those of them that say something.
 * @param {string[]} behind Those behind the word for the most.
 * @param {Ranking} ranking
 * @param {Index} index
 */
const shareOf = (said, telling, behind, [, , , groups, counts, unit, of], { stop, words }) => {
  const isTime = groups.flatMap(wordsOf).some(word => words.asks.when.includes(word));
  const group = rootsIn([...groups, ...(isTime ? words.asks.when : [])]).filter(root => !stop.has(root));
  const own = rootsIn([counts]);
  const units = rootsIn([unit]);
  const known = [...group, ...own, ...units, ...rootsIn([of, ...(isTime ? (words.meant.event ?? []) : [])])];
  if (!said.some(root => isAmong(root, group)) || !telling.every(root => isAmong(root, known))) return 0;
  return shareSaid(own, units, said, behind);
};

/**
 * The ranking that a query in one wording asks for; undefined for none.
 * @param {string} text
 * @param {Index} index
 * @returns {Ranking | undefined}
 */
const rankingOf = (text, index) => {
  const { words, stop, asking, rankings } = index;
  const asked = wordsOf(text);
  if (!asksMost(asked, index) || yearsIn(text, asked, words.asks).length) return undefined;
  const marks = wordsIn(words.most);
  const mark = asked.findIndex(word => marks.has(word));
  const roots = rootsOf(asked);
  const rootsAt = (/** @type {(place: number) => boolean} */ which) =>
    [...asked.keys()].filter(place => !marks.has(asked[place]) && which(place)).map(place => roots[place]);
  const said = rootsAt(() => true);
  const telling = rootsAt(place => !stop.has(asked[place]) && !asking.has(asked[place]));
  const behind = rootsAt(place => place > mark);
  const found = rankings
    .map(ranking => ({ ranking, share: shareOf(said, telling, behind, ranking, index) }))
    .filter(({ share }) => share >= RANKING.mostShare);
  // Of figures that are added up before the records themselves: "ships with the most nets by year" has both.
  found.sort((a, b) => b.share - a.share || Number(a.ranking[5] === "") - Number(b.ranking[5] === ""));
  return found[0]?.ranking;
};

/**
 * The part of a page that answers which group has the most of something, in any wording; undefined where that is not asked.
 * @param {string} text
 * @param {Index} index
 * @returns {Part | undefined}
 */
export const rankingIn = (text, index) => {
  if (!index.rankings.length) return undefined;
  for (const way of [text, ...reworded(text, index.synonyms)]) {
    const ranking = rankingOf(way, index);
    if (ranking) return compared(text, index.words) ? undefined : { record: ranking[0], ids: [ranking[1]], rest: text };
  }
  return undefined;
};
