/* Every number that decides which results there are, and in which order. `tests/search/queries.tsv` and
   `tests/dossier/test_questions.py` measure what they do; change one only together with a look at those.

   A share, a fit and a sureness go from 0 to 1. A weight is the rarity of a word, a logarithm: about 0.7 for a word of
   every record, 7 for a word of one in a thousand. A score is compared with other scores only. */

export const RANKING = Object.freeze({
  /* What of a query is numbered, joined or lacking. */
  /** Words of the longest name that is looked at for a number. */
  seriesWords: 8,
  /** From this number on, and where there are two of them, a number is all that tells one record from others. */
  symbolFrom: 100,
  /** Letters of each word that two written as one are taken apart into, and how many such words at most. */
  joinedLetters: 3,
  joinedWords: 4,
  /** Share of the weight of a query from which words that nothing has leave it without an answer. */
  lackingShare: 0.5,
  /** … unless more words are known than not, each of at least this share of the weight of a word that one record has: what many
   *  records have tells nothing. */
  tellingShare: 0.36,

  /** Of a query, in words: more would only cost time, since no name has as many. */
  mostWords: 24,

  /* How much a word of the query counts. */
  /** Factor on the weight of a stop word ("the", "how"): enough to prefer the title that has it too. */
  stopWord: 0.08,
  /** Texts for each name: a word is as rare as in names, or as in half as many texts, because texts are longer. */
  textsPerName: 2,
  /** The most weight of a word that asks for a kind of record ("definition"), before `hintWord`: it names nothing. */
  mostHintWeight: 1,
  /** Factor on the weight of such a word. */
  hintWord: 0.5,

  /* How surely a word of a name is meant by a word of the query. */
  /** Sureness of a word with the same stem: just below the word itself. */
  sameStem: 0.96,
  /** Sureness that a longer word is meant by its beginning, where the beginning is no word of a name itself … */
  begun: 0.5,
  /** … and where it is one, so that the longer word is less likely. */
  begunKnown: 0.2,
  /** What is added to both for the share of the longer word that is written already. */
  begunShare: 0.4,
  /** Letters from which a beginning counts while the word is being typed, and once it is not. */
  beginTyping: 2,
  beginDone: 5,
  /** The same in a script without spaces, where a word of a name is a pair of letters. */
  beginRun: 1,
  /** Sureness of a word with one slip; where the query's word is a word of a name itself, a slip is unlikely. */
  slip: 0.8,
  slipKnown: 0.3,
  /** Sureness of a word with two slips, for a word that neither names nor texts have; and its letters, in both. */
  guess: 0.6,
  guessLetters: 8,
  /** Letters from which a word that is found nowhere means those that sound alike. */
  soundLetters: 5,
  /** Letters from which a slip is looked for, in the query's word and in that of a name: short words are near to many. */
  slipLetters: 5,
  slipNameLetters: 6,

  /* How well a name fits a query. */
  /** Sureness from which a word of the name counts as asked for. */
  ownWord: 0.4,
  /** Share of the fit that a name keeps of which the query holds only a small part; the rest comes with the part. */
  partOfName: 0.45,
  /** Factor on the fit of another name than the title. */
  otherName: 0.96,
  /** Factor on the exactness of another name: the title of one record comes before the other name of another. */
  otherExact: 0.9,
  /** The same for a short id that does not abbreviate the title: AI is artificial intelligence before it is the code of Anguilla. */
  identExact: 0.75,
  /** How exact a name is that differs from the query in stems, in slips, and in spaces and signs only. */
  exactStem: 0.97,
  exactSlip: 0.85,
  exactWhole: 0.97,
  exactWholeOther: 0.88,
  /** Fit of a name that differs in spaces and signs only. */
  fitWhole: 0.97,

  /* How well a text fits. */
  /** Exponent on the share of the best text's score: below 1, so that the second-best text is not far behind. */
  textEvenness: 0.8,
  /** How fast a word that stands often in a text stops to count more, and how much long texts count less: k and b of BM25. */
  textSaturation: 2,
  textLength: 0.3,
  /** How surely a longer word of a text is meant by its beginning, times the share of it that is written. */
  textBegun: 0.25,
  /** A word that no text has finds those that have the most of its letters in common; from this share of them … */
  heardShare: 0.6,
  /** … and this many on. */
  heardLetters: 5,

  /** How well a record fits the words of a value that it has of a facet, as a region. */
  facetValue: 0.8,
  /** … and for a word that tells a value from the others of its facet ("weapon" of "Weapons trade"), … */
  facetPart: 0.7,
  /** … that is so long, and stands in a name of so few words: else it tells little of the value. */
  facetPartLetters: 4,
  facetPartWords: 3,

  /* The score of a record: (name + texts + hint) * weight of its kind, and more where its name is the query. */
  /** Exponent on the fit of the name: above 1, so that half a name is worth less than half. */
  nameSharpness: 1.5,
  /** Score of a record whose kind is asked for ("definition of …"), and where a place is, too ("countries in the north"). */
  kindAsked: 0.15,
  kindPlaced: 0.3,
  /** The number of records that come first because they have all that is asked, and what it counts to have little else. */
  listed: 5,
  fewValues: 0.5,
  /** … where its texts have all words of the query, unless more than this share of its kind do. */
  mostListed: 0.5,
  /** Share of the words for what is counted from which a query asks for the most of it, and letters of a root that words share. */
  mostShare: 0.5,
  rootLetters: 4,
  /** Factor on what is of the kind that a query names, and of other years than it names. */
  otherYear: 0.8,
  /** Share of the best score from which the best record of the kind that is asked for comes first. */
  kindBeside: 0.95,
  /** Score of a record whose name stands whole within the query, times how much of the query that is … */
  within: 0.3,
  /** … with this exponent, above 1, since a common word that is a name says little. */
  withinSharpness: 1.5,
  /** Score of the list of all records of the kind, where the query asks for nothing else; times the share, squared. */
  listAsked: 3,
  /** The same where it asks how many of that kind there are: the list has all of them. */
  listCounted: 1.1,
  /** Score of a record whose name is the query: above anything that texts can give. */
  exact: 3,
  /** Between records of the same exactness: a share of the weight of their kind. */
  exactKind: 0.1,
  /** … and what has a page of its own comes before what is only explained on that of others. */
  ownPage: 0.25,
  /** A source comes just after the best record that rests on it: factor on the score of that record … */
  sourceAfter: 0.98,
  /** … unless the fit of its own name is at least this, because it was asked for by its title. */
  sourceAsked: 0.8,

  /** Letters that a word which people say keeps at least when its ending is taken off. */
  sayingLetters: 5,
  /** Factor on what the query finds in the words of the dossier, where people say others; and how many wordings at most. */
  otherWording: 0.95,
  /** The same where the query is the name of a record as it stands: that comes first. */
  otherThanNamed: 0.5,
  mostWordings: 6,
  /** … and where a word that no name has is only part of what people say ("harbour" of "harbour lights"); and the most texts that
   *  such a word stands in. */
  partlySaid: 0.8,
  strangeTexts: 5,
  /** How many of them are looked up in texts as well as in names: each costs the reader parts of the index. */
  wordingsInTexts: 1,

  /* Who holds an office. */
  /** Fit of the name of an office from which a query asks for it. */
  officeFit: 0.6,
  /** … and from which a side of a comparison is one. */
  officeCompared: 0.75,
  /** Share of the fit that an office keeps of whose name the query holds only a small part, where it asks who leads. */
  partOfOffice: 0.6,
  /** Factor on the fit of who held it at another time than is asked for, which is today where none is. */
  otherTime: 0.7,
  /** Months without a holder from which nobody held an office then; a shorter gap may be one of the records. */
  officeGap: 60,
  /** What is added to it for who held it next to the time that is asked for; less further away. */
  otherNear: 0.15,
  /** Factor on the fit of the page of the office, where another time is asked for: who held it then comes first. */
  officeThen: 0.9,
  /** Share of the weight of a word of no name from which one that an office has not chooses the holder whose text has it. */
  choosing: 0.67,
  /** Score of whoever holds the office that is asked for, times the fit. */
  holder: 2,

  /** Score of what a query compares, above all others. */
  compared: 0.3,

  /** Share of the weight of a query from which a record that does not know the answer says so, and how many results may. */
  openShare: 0.7,
  openResults: 3,

  /* Which results there are. */
  /** Share of the best score that a result must have, … */
  least: 0.3,
  /** … where a best score above this counts as this, so that an exact name does not hide everything else. */
  leastOf: 2,
  /** Exactness from which records of the same title stand together in the first place. */
  namesake: 0.8,

  /* What is offered where nothing is found. */
  /** Share of the letters of a long word that may be others in that of a name, one of a short; and how many names are offered. */
  nearestSlips: 1 / 3,
  nearest: 5,
  /** Share of the best score from which a record of another year than the one that is asked for is offered. */
  nearFit: 0.6,
});
