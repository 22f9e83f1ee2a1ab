/* The site's own script: opens the search, which loads when asked for, lists that filter and sort, previews of linked pages. Every
   page is whole without it. Its words come from data- attributes; what pages say is only ever set as text. */
(() => {
  "use strict";

  /* The theme says so only after the first paint, when what needs scripts would push the rest aside. */
  document.documentElement.classList.replace("no-js", "js");

  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };

  const on = (type, act) => document.addEventListener(type, act);

  /* What an element says, without the numbers of its sources. */
  const said = element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".cite, .headerlink").forEach(part => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  /* ---- Search: its script is fetched when a reader opens it, never before ---- */
  const asked = new URLSearchParams(location.search);
  const opener = () => document.querySelector(".x-search");
  let searching;
  const search = () => {
    searching ||= new Promise((resolve, reject) => {
      const src = new URL(opener().href.replace(/search\/(index\.html)?$/, "assets/search.js")).href;
      document.head.append(make("script", { src, onload: resolve, onerror: reject }));
    });
    return searching.then(() => window.explainerSearch);
  };
  /* A page from the server that is read from disk has no search; its link leads to the sections. */
  const possible = () => opener() && (location.protocol !== "file:" || "offline" in document.documentElement.dataset);
  const openSearch = text => search().then(({ open }) => open(opener(), text), () => location.assign(opener().href));

  on("click", event => {
    if (!possible() || !event.target.closest(".x-search") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openSearch();
  });
  on("keydown", event => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    const asks = event.key === "/" ? !typing && !event.ctrlKey && !event.metaKey : event.key === "k" && (event.ctrlKey || event.metaKey);
    if (!asks || event.altKey || !possible()) return;
    event.preventDefault();
    const own = document.querySelector(".x-find--page input");
    if (own) own.focus();
    else openSearch();
  });
  on("DOMContentLoaded", () => {
    const place = document.querySelector(".x-find--page");
    if (!possible()) return;
    if (place) search().then(({ settle }) => settle(place), () => {});
    else if (asked.get("q")) openSearch(asked.get("q"));
  });

  /* ---- Tables and lists that filter and sort; the macro `filterable` tells their attributes. ---- */
  const bare = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = text => bare(text).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const columns = text => (text || "").split(" ").filter(Boolean).map(Number);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  const filterable = (box, alone) => {
    const data = box.dataset;
    const table = box.querySelector("table");
    const rows = [...box.querySelectorAll(table ? "tbody tr" : data.items)];
    if (!rows.length) return;
    const heads = [...box.querySelectorAll("thead th")];
    const labels = ["", ...(table ? heads.map(said) : data.fields.split(";"))]; // columns are counted from 1
    const named = name => (alone ? name : `${box.id}-${name}`); // in the address

    /* The values of each row in one column: as marked, else as linked, else the text between commas. */
    const valuesAt = column => {
      const cell = table ? `td:nth-child(${column})` : `[data-field="${column}"]`;
      const found = selector => rows.map(row => [...row.querySelectorAll(selector)]);
      const parts = (texts, by) => new Set(texts.flatMap(text => text.split(by)).map(text => text.trim()).filter(Boolean));
      const marked = found(`${cell}[data-value], ${cell} [data-value]`);
      const linked = found(`${cell} a:not(.cite a)`);
      if (![...marked, ...linked].some(row => row.length)) return found(cell).map(row => parts(row.map(said), ","));
      return marked.map((row, place) => (row.length
        ? parts(row.map(part => part.dataset.value || said(part)), ";")
        : new Set(linked[place].map(said))));
    };

    const find = make("input", { type: "search", name: named("text") });
    const count = make("p", { className: "x-count" });
    count.setAttribute("role", "status");
    const bar = make("form", { className: "x-filters", autocomplete: "off" }, make("label", {}, data.text, find));
    const texts = rows.map(row => bare(said(row)));
    const tests = [row => bare(find.value).split(/\s+/).every(word => texts[row].includes(word))];
    for (const column of columns(data.filters)) {
      const values = valuesAt(column);
      const counts = new Map();
      values.forEach(row => row.forEach(value => counts.set(value, (counts.get(value) || 0) + 1)));
      if (counts.size < 2) continue;
      const options = [...counts.keys()].sort(order).map(value => new Option(`${value} (${counts.get(value)})`, value));
      const select = make("select", { name: named(slug(labels[column])) }, new Option(data.any, ""), ...options);
      bar.append(make("label", {}, labels[column], select));
      tests.push(row => !select.value || values[row].has(select.value));
    }
    bar.append(make("button", { type: "reset" }, data.reset), count);

    const filter = () => {
      rows.forEach((row, index) => { row.hidden = !tests.every(test => test(index)); });
      const left = rows.filter(row => !row.hidden);
      box.querySelectorAll(".group").forEach(group => { group.hidden = !left.some(row => group.contains(row)); });
      count.textContent = data.count.replace("{n}", left.length).replace("{all}", rows.length);
    };

    /* Sorts by the slug of a column's heading; a minus sign before it turns the order round, "" is the page's own. */
    let sorted = "";
    const sort = wanted => {
      const down = wanted[0] === "-";
      const column = columns(data.sort).find(number => slug(labels[number]) === wanted.slice(down));
      sorted = column ? wanted : "";
      heads.forEach(head => head.removeAttribute("aria-sort"));
      const list = [...rows];
      if (column) {
        heads[column - 1].setAttribute("aria-sort", down ? "descending" : "ascending");
        const keys = new Map(rows.map(row => {
          const cell = row.cells[column - 1];
          const own = cell.querySelector("[data-sort]");
          return [row, own ? own.dataset.sort : said(cell)];
        }));
        const figure = key => Number(key.replace(/[,\s]/g, ""));
        const figures = [...keys.values()].every(key => !Number.isNaN(figure(key)));
        const compare = (one, two) => (figures ? figure(one) - figure(two) : order(one, two)) * (down ? -1 : 1);
        list.sort((a, b) => !keys.get(a) - !keys.get(b) || compare(keys.get(a), keys.get(b))); // empty ones come last
      }
      if (table) table.tBodies[0].append(...list);
    };

    const remember = () => {
      if (location.protocol === "file:") return; // browsers forbid it there
      const address = new URL(location);
      for (const { name, value } of [...bar.elements, { name: named("sort"), value: sorted }]) {
        address.searchParams.delete(name);
        if (value) address.searchParams.set(name, value);
      }
      history.replaceState(history.state, "", address);
    };

    for (const column of columns(data.sort)) {
      const head = heads[column - 1];
      const name = slug(labels[column]);
      const button = make("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => {
        sort(sorted === name ? `-${name}` : name);
        remember();
      });
      head.append(button);
    }
    let later;
    bar.addEventListener("input", () => {
      filter();
      clearTimeout(later);
      later = setTimeout(remember, 300); // browsers limit how often an address may change
    });
    bar.addEventListener("submit", event => event.preventDefault());
    bar.addEventListener("reset", () => setTimeout(() => { // by then the form has emptied its fields
      sort("");
      filter();
      remember();
    }));
    window.addEventListener("hashchange", () => { // a link to what a filter hides shows everything again
      const target = box.querySelector("[hidden]:target, [hidden] :target");
      if (!target) return;
      bar.reset();
      setTimeout(() => target.scrollIntoView());
    });

    for (const control of bar.querySelectorAll("input, select")) control.value = asked.get(control.name) || "";
    box.prepend(bar);
    sort(asked.get(named("sort")) || "");
    filter();
  };

  on("DOMContentLoaded", () => {
    const boxes = [...document.querySelectorAll(".filterable")];
    for (const box of boxes) {
      try {
        filterable(box, boxes.length === 1);
      } finally {
        box.classList.add("ready"); // till then it is hidden, so that nothing is seen to move
      }
    }
  });

  /* ---- Previews of linked pages ---- */
  const pages = new Map();
  const pageAt = address => {
    const read = async () => new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    if (!pages.has(address)) pages.set(address, read());
    return pages.get(address);
  };

  /* Title and words of a page, or of a place in it: a heading and its paragraph, an entry of a list, a row. */
  const gist = (page, id) => {
    const place = page.getElementById(id);
    if (!place) return [page.querySelector("h1"), page.querySelector(".answer")];
    if (/^H\d/.test(place.tagName)) return [place, page.querySelector(`#${CSS.escape(id)} ~ p`)];
    return [null, place.closest("li, tr, p, dd") || place];
  };

  /* The link in the text to another page of this site; null for anything else. */
  const previewed = target => {
    const link = target.closest("article a[href]:not(.crumbs a)");
    const inside = link && link.origin === location.origin && /^http/.test(link.protocol);
    return inside && link.pathname !== location.pathname && /(\/|\.html)$/.test(link.pathname) ? link : null;
  };

  const preview = make("div", { className: "x-preview", id: "x-preview" });
  preview.setAttribute("role", "tooltip");
  let current = null;
  let timer;
  const hide = () => {
    clearTimeout(timer);
    if (current) current.removeAttribute("aria-describedby");
    current = null;
    preview.remove();
  };
  const show = async link => {
    const page = await pageAt(link.href.split("#")[0]).catch(() => null);
    if (!page || current !== link) return;
    const [head, words] = gist(page, link.hash.slice(1));
    if (!words) return;
    preview.replaceChildren(...(head ? [make("strong", {}, said(head))] : []), said(words).replace(/^(.{300}\S*).+/, "$1 …"));
    document.body.append(preview);
    const { left, top, bottom } = link.getClientRects()[0];
    const { clientWidth, clientHeight } = document.documentElement;
    const { offsetWidth, offsetHeight } = preview;
    const above = bottom + 6 + offsetHeight > clientHeight && top > offsetHeight + 6;
    preview.style.left = `${scrollX + Math.max(8, Math.min(left, clientWidth - offsetWidth - 8))}px`;
    preview.style.top = `${scrollY + (above ? top - 6 - offsetHeight : bottom + 6)}px`;
    link.setAttribute("aria-describedby", preview.id);
  };
  const consider = link => {
    if (link === current) return;
    hide();
    current = link;
    timer = setTimeout(show, 250, link);
  };

  on("pointerover", ({ target, pointerType }) => {
    const link = pointerType === "mouse" && previewed(target);
    if (link) consider(link);
    else if (current && current !== document.activeElement) hide();
  });
  on("focusin", ({ target }) => target.matches(":focus-visible") && previewed(target) && consider(target));
  on("focusout", hide);
  on("click", hide);
  on("keydown", ({ key }) => key === "Escape" && hide());
})();
