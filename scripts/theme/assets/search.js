/* Search, loaded when a reader opens it. Names of records are matched here: symbols, other languages, accents, plurals,
   one slip in a long word. Texts are matched by Pagefind, word by word. Both together put the results in their order.
   What records and readers write is only ever set as text. */
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src);
  const folder = new URL("search/", root);
  const packed = document.documentElement.hasAttribute("data-offline"); // the edition that is read from disk

  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("assets/search.css", root).href }));

  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };

  /* ---- Files: fetched from the server, or unpacked from scripts where the site is read from disk ---- */
  const scripts = new Map();
  const script = name => {
    if (!scripts.has(name)) {
      scripts.set(name, new Promise((resolve, reject) => {
        const failed = () => reject(new Error(`${name} is not there`));
        document.head.append(make("script", { src: new URL(name, folder).href, onload: resolve, onerror: failed }));
      }));
    }
    return scripts.get(name);
  };
  const unpacked = new Map();
  window.explainerPack = files => Object.entries(files).forEach(([name, text]) => unpacked.set(name, text));
  const packOf = name => (/\/[^/]*_([0-9a-f]{2})[0-9a-f]*\.pf_fragment$/.exec(name) || ["", "index"])[1];
  const bytes = async name => {
    if (packed) {
      await script(`packs/${packOf(name)}.js`);
      return Uint8Array.from(atob(unpacked.get(name)), char => char.charCodeAt(0));
    }
    const answer = await fetch(new URL(name, folder), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const json = async (name, mark = 0) => {
    let found = await bytes(name);
    if (found[0] === 0x1f && found[1] === 0x8b) { // unless the server has unpacked it already
      const stream = new Blob([found]).stream().pipeThrough(new DecompressionStream("gzip"));
      found = new Uint8Array(await new Response(stream).arrayBuffer());
    }
    return JSON.parse(new TextDecoder().decode(found.subarray(mark)));
  };

  /* ---- Pagefind: its own worker, or the same program in the page where no worker may start ---- */
  const started = async () => {
    const waiting = new Map();
    let last = 0;
    let send;
    const answered = ({ id, result, error }) => {
      const [resolve, reject] = waiting.get(id);
      waiting.delete(id);
      if (error) reject(new Error(error));
      else resolve(result);
    };
    if (packed) {
      await script("engine.js");
      let receive;
      const port = { addEventListener: (_, act) => { receive = act; }, postMessage: answered };
      const read = async address => new Response(await bytes(address.slice(folder.href.length).split("?")[0]));
      window.explainerEngine(port, read);
      send = message => receive({ data: message });
    } else {
      const worker = new Worker(new URL("pagefind-worker.js", folder));
      worker.onmessage = ({ data }) => answered(data);
      worker.onerror = () => waiting.forEach(([, reject]) => reject(new Error("the worker failed")));
      send = message => worker.postMessage(message);
    }
    const ask = (method, ...args) => new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, [resolve, reject]);
      send({ id: last, method, args });
    });
    await ask("init", { basePath: folder.href, language: document.documentElement.lang });
    await ask("options", { ranking: RANKING });
    return ask;
  };
  /* Names are matched here, and long texts are as good as short ones. */
  const RANKING = { pageLength: 0.3, metaWeights: { title: 0, answer: 0 } };

  /* Of a word that no text has, Pagefind finds what begins with its first letters: look at what it found. */
  const isHeard = async (word, result) => {
    if (!result) return false;
    const number = (await loaded()).numbers.get(result.id.split("_").at(-1));
    const { content } = await fragment(number);
    const all = content.split(/\s+/);
    return result.words.some(place => wordsOf(all[place] || "").some(one => {
      let common = 0;
      while (common < word.length && one[common] === word[common]) common += 1;
      return common >= Math.max(2, word.length * 0.6) || near(word, one);
    }));
  };

  let engine;
  const start = () => {
    if (!engine) {
      engine = started();
      engine.catch(() => { engine = undefined; });
    }
    return engine;
  };
  let deaf = false; // whether words in texts could not be looked for
  const heard = new Map(); // word -> record -> how well it fits, 0 to 1
  const inTexts = async word => {
    if (!heard.has(word)) {
      heard.set(word, (async () => {
        const { results } = await (await start())("search", word, {});
        const { numbers } = await loaded();
        const found = new Map();
        if (!(await isHeard(word, results[0]))) return found;
        const best = Math.max(...results.map(({ score }) => score));
        for (const { id, score } of results) {
          const record = numbers.get(id.split("_").at(-1));
          if (record !== undefined) found.set(record, (score / best) ** 0.6);
        }
        return found;
      })());
    }
    try {
      const found = await heard.get(word);
      deaf = false;
      return found;
    } catch (error) { // such as a server's policy that forbids the worker's program: names are found all the same
      heard.delete(word);
      deaf = true;
      console.error(error);
      return new Map();
    }
  };

  /* ---- Words ---- */
  const LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", đ: "d", ł: "l", ı: "i", ة: "ه", ى: "ي", ـ: "" };
  const fold = text => {
    const small = text.toLowerCase();
    if (/^[\x20-\x7e]*$/.test(small)) return small;
    return small.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[œæßøđłıةىـ]/g, letter => LETTERS[letter]);
  };
  const wordsOf = text => fold(text)
    .replace(/['’‘ʼ]s(?![\p{L}\p{N}])/gu, "")
    .replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}]))/gu, "$1") // U.N.
    .match(/[\p{L}\p{N}]+/gu) || [];
  const stem = word => {
    if (/^ال\p{L}{3,}/u.test(word)) return word.slice(2);
    if (word.length < 4 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
    if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
    return /(x|ch|sh|ss|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  };
  /* Whether one letter too many, too few, another, or two that changed places make one word of the other. */
  const near = (one, two) => {
    if (Math.abs(one.length - two.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === two[start]) start += 1;
    const [rest, other] = [one.slice(start), two.slice(start)];
    if (one.length > two.length) return rest.slice(1) === other;
    if (one.length < two.length) return rest === other.slice(1);
    return rest.slice(1) === other.slice(1)
      || (rest.slice(2) === other.slice(2) && rest[0] === other[1] && rest[1] === other[0]);
  };

  /* ---- Names ---- */
  const SLIGHT = 0.12; // what a word such as "the" or "how" counts
  const SLIP = 0.8; // how surely a word with one slip is meant
  const MOST_WORDS = 24; // of a query
  const listed = (map, key) => {
    if (!map.has(key)) map.set(key, []);
    return map.get(key);
  };

  /* ---- The format of names.bin, which explainer/publish/search/names.py defines ---- */
  /**
   * A record or page; its number is its place in the list.
   * @typedef {object} NameRecord
   * @property {string} at Address on the hosted site, relative to its root, with anchor.
   * @property {string} title
   * @property {string[]} names Other names.
   * @property {number} kind Number of its kind.
   * @property {Object<string, number[]>} facets Key of a facet -> numbers of the values that it has, for every facet but the kind.
   * @property {string} text Name of the fragment with its text.
   * @property {number[]} users For a source: numbers of the records that cite it.
   */
  /**
   * @typedef {object} NameList
   * @property {string} language
   * @property {object} words Texts of the interface, and the words with a meaning of their own in a query.
   * @property {{ kind: string, weight: number, index: string }[]} kinds
   * @property {{ key: string, label: string, values: (string | number)[] }[]} facets
   * @property {{ at: string, title: string }[]} sections
   * @property {NameRecord[]} records
   */
  /* The keys of the facets that are treated apart. */
  const KIND = "kind";
  const YEAR = "year";

  /**
   * Turns the columns of the file into records.
   * @returns {NameList}
   */
  const decoded = ({ records: columns, ...others }) => {
    const width = columns.text.length / columns.at.length;
    const record = (at, number) => {
      const id = at.split(/[/#]/).filter(Boolean).at(-1);
      let last = 0;
      return {
        at,
        title: columns.title[number],
        names: columns.names[number].map(name => name || id),
        kind: columns.kind[number],
        facets: Object.fromEntries(Object.entries(columns.facets).map(([key, column]) => [key, column[number] || []])),
        text: columns.text.slice(number * width, (number + 1) * width).trim(),
        users: (columns.users[number] || []).map(step => (last += step)),
      };
    };
    return { ...others, records: columns.at.map(record) };
  };
  /** The numbers of the values that a record has of a facet. */
  const valuesOf = (record, facet) => (facet === KIND ? [record.kind] : record.facets[facet]);

  let names;
  const loaded = () => {
    names ||= (async () => {
      const data = decoded(await json("names.bin"));
      const vocabulary = new Map(); // word -> { word, stem, in: numbers of names, records: how many have it }
      const stems = new Map();
      const all = []; // { record, words, rank, whole }
      const stop = new Set(data.words.stop);
      const add = (record, text, rank) => {
        const words = wordsOf(text);
        if (!words.length) return;
        const number = all.length;
        all.push({ record, words, rank, whole: words.join("") });
        for (const word of new Set(words)) {
          let entry = vocabulary.get(word);
          if (!entry) {
            entry = { word, stem: stem(word), in: [], records: 0, last: -1 };
            vocabulary.set(word, entry);
            listed(stems, entry.stem).push(entry);
          }
          entry.in.push(number);
          if (entry.last !== record) entry.records += 1;
          entry.last = record;
        }
      };
      data.records.forEach((record, number) => {
        add(number, record.title, 0);
        record.names.forEach(name => add(number, name, 1));
      });
      const rarity = count => Math.log(1 + data.records.length / (1 + count));
      const weigh = (word, texts = 0) => {
        const entries = stems.get(stem(word)) || [];
        return rarity(Math.max(texts / 2, ...entries.map(entry => entry.records))) * (stop.has(word) ? SLIGHT : 1);
      };
      for (const name of all) name.weight = name.words.reduce((sum, word) => sum + weigh(word), 0);
      const numbers = new Map(data.records.map(({ text }, number) => [text, number]));
      const heads = new Map(); // the index of a section -> the kind that it lists
      data.kinds.forEach(({ kind, index: at }) => heads.set(data.records.findIndex(record => record.at === at), kind));
      const wholes = new Map();
      for (const name of all) listed(wholes, name.whole).push(name);
      return { ...data, vocabulary, stems, all, stop, weigh, numbers, wholes, heads };
    })();
    names.catch(() => { names = undefined; });
    return names;
  };

  /* The words of names that a word of a query may mean -> how surely. */
  const meanings = (word, typing, { vocabulary, stems }) => {
    const found = new Map();
    for (const entry of stems.get(stem(word)) || []) found.set(entry, entry.word === word ? 1 : 0.96);
    const known = found.size > 0;
    if (/^\p{N}+$/u.test(word)) return found;
    const bare = stem(word);
    for (const entry of vocabulary.values()) {
      if (found.has(entry)) continue;
      if ((typing ? word.length > 1 : word.length > 4) && entry.word.startsWith(word)) {
        found.set(entry, (known ? 0.2 : 0.5) + 0.4 * (word.length / entry.word.length));
      } else if (word.length > 4 && entry.word.length > 5 && (near(word, entry.word) || near(bare, entry.stem))) {
        found.set(entry, known ? 0.3 : SLIP);
      }
    }
    return found;
  };

  const same = (asked, named) => {
    if (asked.length !== named.length) return 0;
    let sure = 1;
    for (let place = 0; place < asked.length; place += 1) {
      const [one, two] = [asked[place], named[place]];
      if (one === two) continue;
      if (stem(one) === stem(two)) sure = Math.min(sure, 0.97);
      else if (two.length > 5 && one.length > 4 && near(one, two)) sure = Math.min(sure, 0.85);
      else return 0;
    }
    return sure;
  };

  /* How well the names of each record fit: record -> { fits: 0 to 1, exact: 0 to 1 } */
  const byName = (asked, sense, weights, index) => {
    const hits = new Map(); // number of a name -> how well each word of the query is met
    sense.forEach((entries, place) => {
      for (const [entry, sure] of entries) {
        for (const number of entry.in) {
          let hit = hits.get(number);
          if (!hit) hits.set(number, hit = new Float32Array(asked.length));
          if (sure > hit[place]) hit[place] = sure;
        }
      }
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
    const found = new Map();
    const note = (record, fits, exact) => {
      const known = found.get(record) || { fits: 0, exact: 0 };
      found.set(record, { fits: Math.max(known.fits, fits), exact: Math.max(known.exact, exact) });
    };
    for (const [number, hit] of hits) {
      const { record, words, rank, weight } = index.all[number];
      let met = 0;
      let own = 0;
      hit.forEach((sure, place) => {
        met += sure * weights[place];
        own += sure > 0.4 ? weights[place] : 0;
      });
      const share = Math.min(1, own / (weight || 1));
      const sure = same(asked, words);
      note(record, (met / total) * (0.45 + 0.55 * share) * (rank ? 0.96 : 1), sure * (rank ? 0.9 : 1));
    }
    for (const { record, rank } of index.wholes.get(asked.join("")) || []) note(record, 0.97, rank ? 0.88 : 0.97);
    return found;
  };

  /* ---- The order of the results ---- */
  /* Where the words of a query stand in texts: record -> how well they fit, for each word and for what is written as one
     word with figures, as 8.7 and 4/15 are. */
  const inAllTexts = async (text, asked, sense, index) => {
    const meant = asked.map((word, place) => { // with what a slip of the pen was meant to be
      const [best] = [...sense[place]].sort((a, b) => b[1] - a[1] || b[0].records - a[0].records);
      return best && best[1] === SLIP ? [word, best[0].word] : [word];
    });
    const plain = asked.every(word => index.stop.has(word));
    const wanted = asked.map(word => plain || !index.stop.has(word));
    const found = await Promise.all(meant.map(async (words, place) => {
      const best = new Map();
      for (const one of wanted[place] ? await Promise.all(words.map(inTexts)) : []) {
        for (const [record, fit] of one) best.set(record, Math.max(best.get(record) || 0, fit));
      }
      return best;
    }));
    let place = 0;
    for (const parts of text.split(/\s+/).map(wordsOf)) {
      if (parts.length > 1 && place < asked.length && parts.some(part => /\p{N}/u.test(part))) {
        for (const [record, fit] of await inTexts(parts.join(""))) {
          parts.forEach((_, part) => found[place + part]?.set(record, (found[place + part].get(record) || 0) + fit));
        }
      }
      place += parts.length;
    }
    return { meant, wanted, found };
  };

  /* What a query asks for: kind of record -> true, where one of its words is such a kind's; and how much of it that is. */
  const hintsOf = (asked, index) => {
    const { meant } = index.words;
    const hints = asked.map(word => Object.keys(meant).filter(kind => meant[kind].includes(word)));
    const telling = asked.map(word => !index.stop.has(word));
    const share = hints.filter((kinds, place) => kinds.length && telling[place]).length / (telling.filter(Boolean).length || 1);
    return { hints, kinds: new Set(hints.flat()), share };
  };

  const find = async text => {
    const index = await loaded();
    const asked = wordsOf(text).slice(0, MOST_WORDS);
    if (!asked.length) return { words: [], results: [], also: [] };
    const typing = /[\p{L}\p{N}]$/u.test(text);
    const sense = asked.map((word, place) => meanings(word, typing && place === asked.length - 1, index));
    const { meant, wanted, found } = await inAllTexts(text, asked, sense, index);
    const { hints, kinds, share } = hintsOf(asked, index);
    const weights = asked.map((word, place) => {
      const weight = index.weigh(word, wanted[place] ? found[place].size : 0) / (wanted[place] && index.stop.has(word) ? SLIGHT : 1);
      return hints[place].length ? Math.min(weight, 1) * 0.5 : weight;
    });
    const fits = byName(asked, sense, weights, index);
    const total = weights.reduce((sum, weight, place) => sum + (wanted[place] ? weight : 0), 0) || 1;
    const texts = new Map();
    found.forEach((records, place) => records.forEach((fit, record) =>
      texts.set(record, (texts.get(record) || 0) + (fit * weights[place]) / total)));

    const scores = new Map();
    for (const record of new Set([...fits.keys(), ...texts.keys()])) {
      const { fits: name, exact } = fits.get(record) || { fits: 0, exact: 0 };
      const { kind, weight } = index.kinds[index.records[record].kind];
      const hinted = kinds.has(kind) ? 0.15 : kinds.has(index.heads.get(record)) ? 3 * share ** 2 : 0;
      scores.set(record, (name ** 1.5 + (texts.get(record) || 0) + hinted) * weight + (exact ? 3 * exact + 0.1 * weight : 0));
    }
    /* A source comes after what rests on it, unless it was asked for by its title. */
    for (const [record, score] of [...scores]) {
      const best = Math.max(0, ...index.records[record].users.map(user => scores.get(user) || 0));
      if (best && (fits.get(record)?.fits || 0) < 0.8) scores.set(record, Math.min(score, best * 0.98));
    }
    const order = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const least = order.length ? Math.min(order[0][1], 2) * 0.3 : 0;
    const results = order.filter(([, score]) => score >= least).map(([record]) => record);
    /* Records that bear the very title that was asked for stand together in the first place. */
    const whole = asked.join("");
    const namesakes = results.slice(1).filter(record => wordsOf(index.records[record].title).join("") === whole);
    const also = (fits.get(results[0])?.exact || 0) > 0.8 ? namesakes : [];
    return {
      words: [...new Set(meant.filter((_, place) => wanted[place]).flat())],
      results: [...results.slice(0, 1), ...also, ...results.slice(1).filter(record => !also.includes(record))],
      also,
    };
  };

  /* The names that look most like a query that nothing fits. */
  const nearest = async text => {
    const index = await loaded();
    const pairs = word => new Set([...` ${word}`].map((letter, place, all) => letter + (all[place + 1] || " ")));
    const own = pairs(wordsOf(text).join(" "));
    const found = new Map();
    for (const { record, words, rank } of index.all) {
      if (rank) continue;
      const other = pairs(words.join(" "));
      const common = [...own].filter(pair => other.has(pair)).length;
      found.set(record, Math.max(found.get(record) || 0, (2 * common) / (own.size + other.size)));
    }
    return [...found].filter(([, like]) => like > 0.2).sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 5).map(([record]) => record);
  };

  /* ---- What a result says: its answer, and the passage that holds the words ---- */
  const fragments = new Map();
  const fragment = number => {
    if (!fragments.has(number)) {
      fragments.set(number, loaded().then(({ records, language }) =>
        json(`fragment/${language}_${records[number].text}.pf_fragment`, 12)));
    }
    return fragments.get(number);
  };
  const isMeant = (word, sought) => sought.some(one => one === word || stem(one) === stem(word)
    || (one.length > 3 && word.startsWith(stem(one))));
  const marked = (text, sought) => text.split(/([\p{L}\p{N}\p{M}]+)/u)
    .map(piece => (isMeant(fold(piece), sought) ? make("mark", {}, piece) : piece));
  const ROOM = 200; // letters of a passage
  const passage = (content, summary, sought, index) => {
    let best = { worth: 0, text: "" };
    for (const part of content.split("␞").map(text => text.trim())) {
      if (!part || summary.includes(part)) continue;
      const words = new Set(wordsOf(part));
      const worth = sought.reduce((sum, one) => sum + ([...words].some(word => isMeant(word, [one])) ? index.weigh(one) : 0), 0);
      if (worth > best.worth + 0.01) best = { worth, text: part };
    }
    const { text } = best;
    if (text.length <= ROOM) return text;
    const first = text.split(/([\p{L}\p{N}\p{M}]+)/u).reduce(([at, found], piece) =>
      [at + piece.length, found === null && isMeant(fold(piece), sought) ? at : found], [0, null])[1] || 0;
    const start = first < ROOM * 0.7 ? 0 : text.lastIndexOf(" ", first - 60) + 1;
    const cut = text.slice(start, start + ROOM).replace(start + ROOM < text.length ? /\s+\S*$/ : /$^/, "");
    return `${start ? "… " : ""}${cut}${start + cut.length < text.length ? " …" : ""}`;
  };

  /* ---- What a reader sees: the same in a window over the page and on the page of its own ---- */
  const PAGE = 10;
  /**
   * The elements of a search box.
   * @typedef {object} Parts
   * @property {HTMLFormElement} form
   * @property {HTMLInputElement} input
   * @property {HTMLElement} facets
   * @property {HTMLElement} status Says how many results there are.
   * @property {HTMLOListElement} list The results.
   * @property {HTMLButtonElement} more
   * @property {HTMLElement} help What is offered below the results.
   */
  /**
   * The answer to a query, and how much of it is on the screen.
   * @typedef {object} Shown
   * @property {string} text The query.
   * @property {number[]} order Numbers of all records that fit the query, the best first.
   * @property {number[]} also Those that bear the same title as the first.
   * @property {number[]} results Those of `order` that fit the facets as well.
   * @property {string[]} words The words to mark.
   * @property {number} upto How many results are on the screen.
   */
  /**
   * A search box with its results.
   * @typedef {object} Searcher
   * @property {HTMLElement} place The element that holds it, with the texts that are needed before the index is there.
   * @property {boolean} whole Whether it is the page of its own, which has facets and shows all results.
   * @property {Parts} parts
   * @property {Map<string, HTMLSelectElement>} selects Key of a facet -> its menu; empty without facets.
   * @property {NameList} [index] Once it is loaded.
   * @property {Shown} shown
   * @property {number} turn Number of the latest query; answers to an earlier one are dropped.
   */

  /**
   * Makes the elements of a search box.
   * @param {HTMLElement} place
   * @returns {Parts}
   */
  const partsIn = place => {
    const input = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false, enterKeyHint: "search" });
    input.setAttribute("autocapitalize", "off");
    const label = make("label", { className: "x-find__label" }, place.dataset.label, input);
    const form = make("form", { className: "x-find__form", action: new URL("search/", root).href }, label);
    form.setAttribute("role", "search");
    const facets = make("div", { className: "x-find__facets", hidden: true });
    const status = make("p", { className: "x-find__status" });
    status.setAttribute("role", "status");
    const list = make("ol", { className: "x-find__results" });
    const more = make("button", { type: "button", className: "x-find__more", hidden: true });
    const help = make("div", { className: "x-find__help" });
    form.append(facets);
    place.append(form, status, list, more, help);
    return { form, input, facets, status, list, more, help };
  };

  /**
   * The plural form for a number, by the rules of the page's language.
   * @param {Object<string, string>} texts Plural category -> text.
   * @param {number} n
   */
  const forms = (texts, n) => texts[new Intl.PluralRules(document.documentElement.lang || "en").select(n)] ?? texts.other;
  /**
   * The URL of an address on the site; a folder has no index on disk.
   * @param {string} at
   */
  const urlOf = at => {
    if (!packed) return new URL(at, root).href;
    const [path, anchor] = at.split("#");
    return new URL(`${path}index.html${anchor ? `#${anchor}` : ""}`, root).href;
  };

  /* Results */
  /**
   * @param {Searcher} search
   * @param {number} number
   */
  const heading = ({ index, shown }, number) => {
    const { at, title, kind } = index.records[number];
    return make("a", { href: urlOf(at) },
      make("span", { className: "x-find__kind" }, facetOf(index, KIND).values[kind]),
      make("span", { className: "x-find__title" }, ...marked(title, shown.words)));
  };
  /**
   * @param {Searcher} search
   * @param {number[]} numbers
   */
  const headings = (search, numbers) => make("ul", {}, ...numbers.map(number => make("li", {}, heading(search, number))));
  /**
   * Adds the answer and the passage with the words of the query, once the text of a result is there.
   * @param {Searcher} search
   * @param {number} number
   * @param {HTMLElement} says
   */
  const fill = async ({ index, shown: { words } }, number, says) => {
    const { content, meta } = await fragment(number);
    const [answer, ...rest] = content.split("␟");
    const summary = meta.answer ? meta.answer : answer;
    says.append(make("p", {}, ...marked(summary, words)));
    const found = passage(rest.join(" "), summary, words, index);
    if (found) says.append(make("p", { className: "x-find__passage" }, ...marked(found, words)));
  };
  /**
   * @param {Searcher} search
   * @param {number} number
   * @param {number[]} also Records of the same title, to be listed below it.
   */
  const item = (search, number, also) => {
    const says = make("div", { className: "x-find__says" });
    const line = make("li", {}, heading(search, number), says);
    fill(search, number, says).catch(() => {});
    if (also.length) {
      line.append(make("div", { className: "x-find__also" }, make("p", {}, search.index.words.also), headings(search, also)));
    }
    return line;
  };
  /**
   * Where nothing is found: the names that look most like the query, and the sections.
   * @param {Searcher} search
   * @param {string} text
   */
  const offer = async (search, text) => {
    const { index, parts: { help } } = search;
    const close = await nearest(text);
    if (close.length) help.append(make("p", {}, index.words.nearest), headings(search, close));
    const sections = index.sections.map(({ at, title }) => make("li", {}, make("a", { href: urlOf(at) }, title)));
    help.append(make("p", {}, index.words.browse), make("ul", { className: "x-find__sections" }, ...sections));
  };

  /* Facets */
  /**
   * @param {NameList} index
   * @param {string} facet
   */
  const facetOf = (index, facet) => index.facets.find(({ key }) => key === facet);
  /**
   * The facets that are set: key and number of the value.
   * @param {Searcher} search
   * @returns {[string, number][]}
   */
  const chosen = ({ selects }) => [...selects].filter(([, { value }]) => value !== "").map(([facet, { value }]) => [facet, Number(value)]);
  /**
   * The numbers of all records that fit the query and the facets.
   * @param {Searcher} search
   * @param {string} [without] A facet that is left out.
   */
  const fitting = (search, without) => {
    const wanted = chosen(search).filter(([facet]) => facet !== without);
    return search.shown.order.filter(number =>
      wanted.every(([facet, value]) => valuesOf(search.index.records[number], facet).includes(value)));
  };
  /**
   * Offers the values of a facet that some result has, with how many have them.
   * @param {Searcher} search
   * @param {string} facet
   * @param {HTMLSelectElement} select
   */
  const count = (search, facet, select) => {
    const { index } = search;
    const tally = new Map();
    for (const number of fitting(search, facet)) {
      for (const value of valuesOf(index.records[number], facet)) tally.set(value, (tally.get(value) || 0) + 1);
    }
    const now = select.value;
    const options = facetOf(index, facet).values.map((name, value) => [name, value])
      .filter(([, value]) => tally.has(value) || String(value) === now);
    if (facet === YEAR) options.reverse(); // the newest first
    select.replaceChildren(new Option(index.words.any, ""),
      ...options.map(([name, value]) => new Option(`${name} (${tally.get(value) || 0})`, value)));
    select.value = now;
    select.parentElement.hidden = !options.length;
  };
  /**
   * Makes the menus of the facets, set as the address says.
   * @param {Searcher} search
   */
  const addFacets = search => {
    const { index, selects, parts: { facets } } = search;
    const again = () => {
      remember(search);
      run(search);
    };
    const given = new URLSearchParams(location.search);
    for (const { key, label, values } of index.facets) {
      const select = make("select", { name: key });
      selects.set(key, select);
      facets.append(make("label", {}, label, select));
      const value = values.map(String).indexOf(given.get(key));
      if (value >= 0) {
        select.append(new Option(values[value], value));
        select.value = String(value);
      }
      select.addEventListener("change", again);
    }
    facets.append(make("button", { type: "button", textContent: index.words.reset, onclick: () => {
      selects.forEach(select => { select.value = ""; });
      again();
    } }));
    facets.hidden = false;
  };

  /* The address bar */
  /**
   * Changes the parameters of the page's address.
   * @param {(parameters: URLSearchParams) => void} change
   */
  const readdress = change => {
    try {
      const now = new URL(location);
      change(now.searchParams);
      history.replaceState(history.state, "", now);
    } catch { /* some browsers forbid it for files */ }
  };
  /**
   * Writes the query and the facets into the address.
   * @param {Searcher} search
   */
  const remember = ({ index, selects, parts: { input } }) => readdress(parameters => {
    const set = (name, value) => (value ? parameters.set(name, value) : parameters.delete(name));
    set("q", input.value.trim());
    for (const [facet, { value }] of selects) set(facet, value === "" ? "" : facetOf(index, facet).values[value]);
  });

  /* Running a query */
  /**
   * Says how many results there are.
   * @param {Searcher} search
   * @param {number} length
   * @param {boolean} asked Whether there is a query or a facet.
   */
  const announce = ({ index: { words }, shown, parts: { status } }, length, asked) => {
    const text = shown.text.trim();
    status.textContent = !asked ? words.hint : (length ? forms(words.results, length) : words.none)
      .replace("{n}", length.toLocaleString(document.documentElement.lang)).replace("{q}", text);
    if (asked && deaf) status.append(` ${words.deaf}`);
  };
  /**
   * The link from the window to the page that shows all results.
   * @param {Searcher} search
   * @param {number} length
   */
  const linkToAll = ({ index: { words }, shown }, length) => {
    const all = new URL(urlOf("search/"));
    all.searchParams.set("q", shown.text);
    return make("p", {}, make("a", { href: all.href }, words.all.replace("{n}", length)));
  };
  /**
   * Shows the results up to a number, and what belongs below them.
   * @param {Searcher} search
   * @param {number} upto
   */
  const show = (search, upto) => {
    const { whole, shown, parts: { list, more, help } } = search;
    const filtered = chosen(search).length > 0;
    const also = filtered ? [] : shown.also;
    shown.results = fitting(search).filter(number => !also.includes(number));
    const from = upto > PAGE ? shown.upto : 0;
    if (!from) list.replaceChildren();
    list.append(...shown.results.slice(from, upto).map((number, place) => item(search, number, from + place ? [] : also)));
    shown.upto = upto;
    const left = shown.results.length - upto;
    more.hidden = left <= 0 || !whole;
    more.textContent = search.index.words.more.replace("{n}", Math.min(PAGE, left));
    help.replaceChildren();
    const length = shown.results.length + also.length;
    const asked = Boolean(shown.text.trim()) || filtered;
    announce(search, length, asked);
    if (asked && !length) offer(search, shown.text);
    if (left > 0 && !whole) help.append(linkToAll(search, length));
  };
  /** @param {Searcher} search */
  const failed = ({ place, parts: { status } }) => { status.textContent = place.dataset.failed; };
  /**
   * What fits a query; on the page of its own, everything fits none.
   * @param {Searcher} search
   * @param {string} text
   * @returns {Promise<Shown>}
   */
  const answer = async ({ whole, index }, text) => {
    const asked = text.trim();
    const { words, also, results } = asked ? await find(text) : { words: [], also: [], results: index.records.map((_, number) => number) };
    return { text, order: asked || whole ? results : [], also, results: [], words, upto: 0 };
  };
  /**
   * Answers the query that stands in the box.
   * @param {Searcher} search
   */
  const run = async search => {
    const { place, whole, selects, parts: { input } } = search;
    search.turn += 1;
    const own = search.turn;
    const text = input.value;
    try {
      search.index = await loaded();
      const shown = await answer(search, text);
      if (own !== search.turn) return;
      search.shown = shown;
      if (whole) selects.forEach((select, facet) => count(search, facet, select));
      if (!text.trim() && !chosen(search).length) shown.order = [];
      show(search, PAGE);
      place.dataset.done = text; // for whoever waits until an answer is there
    } catch (error) {
      if (own === search.turn) failed(search);
      console.error(error);
    }
  };

  /* Keys and clicks */
  /**
   * Moves between the box and the results with the arrow keys.
   * @param {Searcher} search
   * @param {KeyboardEvent} event
   */
  const move = ({ place, parts: { input } }, event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.localName === "select") return;
    const stops = [input, ...place.querySelectorAll(".x-find__results a, .x-find__help a")];
    const now = stops.indexOf(document.activeElement);
    if (now < 0 || !stops[now + step]) return;
    event.preventDefault();
    stops[now + step].focus();
  };
  /**
   * Goes to the first result, if it is the answer to what stands in the box.
   * @param {Searcher} search
   * @param {SubmitEvent} event
   */
  const submit = (search, event) => {
    const { place, whole, parts: { input, list } } = search;
    event.preventDefault();
    remember(search);
    const first = list.querySelector("a");
    if (!first || place.dataset.done !== input.value) return;
    if (whole) first.focus();
    else first.click();
  };
  /** @param {Searcher} search */
  const showMore = search => {
    const { shown, parts: { list } } = search;
    const first = shown.upto;
    show(search, shown.upto + PAGE);
    list.children[first].querySelector("a").focus();
  };
  /** @param {Searcher} search */
  const listen = search => {
    const { place, parts: { form, input, more } } = search;
    let later;
    input.addEventListener("input", () => {
      clearTimeout(later);
      run(search);
      later = setTimeout(() => remember(search), 300); // browsers limit how often an address may change
    });
    more.addEventListener("click", () => showMore(search));
    form.addEventListener("submit", event => submit(search, event));
    place.addEventListener("keydown", event => move(search, event));
  };

  /**
   * Loads the index, and then completes the search box.
   * @param {Searcher} search
   */
  const prepare = async search => {
    const { whole, parts: { input, status } } = search;
    try {
      search.index = await loaded();
    } catch (error) {
      failed(search);
      throw error;
    }
    status.textContent ||= search.index.words.hint;
    input.placeholder = search.index.words.placeholder;
    if (whole) addFacets(search);
  };
  /**
   * Puts a search box into an element.
   * @param {HTMLElement} place
   * @param {{ whole: boolean }} options
   * @returns {{ input: HTMLInputElement, run: () => Promise<void>, ready: Promise<void> }}
   */
  const searcher = (place, { whole }) => {
    /** @type {Searcher} */
    const search = {
      place,
      whole,
      parts: partsIn(place),
      selects: new Map(),
      index: undefined,
      shown: { text: "", order: [], also: [], results: [], words: [], upto: 0 },
      turn: 0,
    };
    listen(search);
    const ready = prepare(search);
    ready.catch(() => {});
    start();
    return { input: search.parts.input, run: () => run(search), ready };
  };

  /* ---- The window over the page ---- */
  let dialog;
  const open = (opener, text) => {
    if (!dialog) {
      dialog = make("dialog", { className: "x-find", lang: opener.lang, dir: opener.dir }); // both empty, unless the page is in another language
      dialog.setAttribute("aria-label", opener.dataset.label);
      Object.assign(dialog.dataset, { label: opener.dataset.label, failed: opener.dataset.failed });
      const close = make("button", { type: "button", className: "x-find__close", onclick: () => dialog.close() }, opener.dataset.close);
      document.body.append(dialog);
      dialog.parts = searcher(dialog, { whole: false });
      dialog.querySelector("form").append(close);
      dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
      dialog.addEventListener("close", () => {
        dialog.parts.input.value = "";
        readdress(parameters => parameters.delete("q"));
        dialog.parts.run();
      });
    }
    if (!dialog.open) dialog.showModal();
    const { input, run } = dialog.parts;
    if (text) input.value = text;
    input.focus();
    input.select();
    if (text) run();
  };

  /* ---- The page of its own ---- */
  const settle = place => {
    const { input, run, ready } = searcher(place, { whole: true });
    input.value = new URLSearchParams(location.search).get("q") || "";
    place.hidden = false;
    if (!input.value) input.focus();
    ready.then(run, () => {});
  };

  /* `find` tells the addresses of the results, place by place; `decoded` is there for tests of the format. */
  window.explainerSearch = { open, settle, decoded, find: async text => {
    const index = await loaded();
    const { results, also } = await find(text);
    const at = number => index.records[number].at;
    return results.filter(number => !also.includes(number)).map((number, place) => [number, ...(place ? [] : also)].map(at));
  } };
})();
