/* Light or dark: as the reader chose, else as the system is set. The choice is kept where the theme's script kept it, so
   whoever chose before that script went keeps what they chose. */

/** @typedef {{ media?: string, scheme?: string, primary?: string, accent?: string }} Colours */
/** @typedef {{ index: number, color: Colours }} Choice */

const own = typeof document === "undefined" ? null : /** @type {HTMLScriptElement | null} */ (document.currentScript);
const key = own ? `${new URL("..", own.src).pathname}.__palette` : "";

/**
 * What was chosen; nothing where a browser forbids to look, or something else stands in its place.
 * @returns {Choice | null}
 */
const chosen = () => {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "null");
    return found?.color ? found : null;
  } catch {
    return null;
  }
};

/** @param {Choice} choice */
const keep = choice => {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // it holds for this page then
  }
};

/** @param {Colours} colours */
const paint = colours => {
  for (const [name, value] of Object.entries(colours)) document.body.setAttribute(`data-md-color-${name}`, value);
};

/** Paints a page before its first sight, when its body has begun. */
const begin = () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? own?.dataset.dark : undefined;
  const colours = chosen()?.color ?? (system ? { scheme: system } : {});
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    paint(colours);
  }).observe(document.documentElement, { childList: true });
};

/**
 * The switch: a button for each scheme, of which the one shows that leads on from the scheme of the page.
 * @param {HTMLButtonElement[]} buttons
 */
const offer = buttons => {
  const coloursOf = (/** @type {number} */ index) => {
    const { media, scheme, primary, accent } = buttons[index].dataset;
    return { media, scheme, primary, accent };
  };
  const current = () => {
    const index = chosen()?.index ?? buttons.findIndex(({ dataset }) => matchMedia(dataset.media ?? "all").matches);
    return Math.max(0, Math.min(index, buttons.length - 1));
  };
  const show = (/** @type {number} */ index) => {
    paint(coloursOf(index));
    for (const [place, button] of buttons.entries()) button.hidden = place !== index;
  };
  for (const [place, button] of buttons.entries()) {
    button.addEventListener("click", () => {
      const next = (place + 1) % buttons.length;
      keep({ index: next, color: coloursOf(next) });
      show(next);
      buttons[next].focus();
    });
    matchMedia(button.dataset.media ?? "all").addEventListener("change", () => show(current()));
  }
  show(current());
};

/** Colours the page, and makes its switch ready. */
export const offerSchemes = () => {
  begin();
  document.addEventListener("DOMContentLoaded", () => {
    /** @type {HTMLButtonElement[]} */
    const buttons = [...document.querySelectorAll(/** @type {"button"} */ (".x-schemes button"))];
    if (buttons.length) offer(buttons);
  });
};
