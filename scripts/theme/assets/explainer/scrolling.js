/* What follows the reader through a page: the mark in the list of its headings, its title in the header once its heading
   is out of sight, and the way back to the top for whoever turns round. */

/** How far below the top of the window a heading counts as reached, in pixels: the header, and where a link to it ends. */
const REACHED = 100;

/**
 * @template {Element} Kind
 * @param {string} selector
 * @returns {Kind[]}
 */
const all = selector => [.../** @type {NodeListOf<Kind>} */ (document.querySelectorAll(selector))];

/** The links of the list in the margin, each with its heading. */
const headings = () =>
  /** @type {HTMLAnchorElement[]} */ (all(".x-beside [data-md-component=toc] a")).flatMap(link => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });

/**
 * Scrolls the margin, never the page, until a link in it is seen.
 * @param {HTMLElement} link
 */
const uncover = link => {
  const margin = link.closest(".md-sidebar__scrollwrap");
  if (!margin) return;
  const [inner, outer] = [link.getBoundingClientRect(), margin.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    margin.scrollTop += (inner.top + inner.bottom - outer.top - outer.bottom) / 2;
  }
};

/** What marks the heading that the reader has come to, in the list of them; it looks at nothing where no list is seen. */
const marker = () => {
  const listed = headings();
  /** @type {HTMLElement | undefined} */
  let marked;
  return () => {
    if (!listed[0]?.link.offsetHeight) return;
    const passed = listed.findLast(({ heading }) => {
      const { top, height } = heading.getBoundingClientRect();
      return height && top < REACHED; // those in a closed fold have no place
    })?.link;
    if (passed === marked) return;
    marked?.removeAttribute("aria-current");
    passed?.setAttribute("aria-current", "location");
    marked = passed;
    if (passed) uncover(passed);
  };
};

/** What shows the way to the top while the reader scrolls up, and hides it when they go on. */
const upward = () => {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(".md-top"));
  button?.addEventListener("click", () => window.scrollTo({ top: 0 }));
  let before = window.scrollY;
  return () => {
    const now = window.scrollY;
    if (button && now !== before) button.hidden = now > before || now <= 0;
    before = now;
  };
};

/** Shows the title of the page in the header while its heading is above the window. */
const title = () => {
  const heading = document.querySelector("article h1");
  const header = document.querySelector(".md-header__title");
  if (!heading || !header) return;
  new IntersectionObserver(
    ([{ isIntersecting, boundingClientRect }]) => {
      header.classList.toggle("md-header__title--active", !isIntersecting && boundingClientRect.top < 0);
    },
    { rootMargin: "-48px 0px 0px" },
  ).observe(heading);
};

const begin = () => {
  const steps = [marker(), upward()];
  let waiting = false;
  const follow = () => {
    waiting = false;
    for (const step of steps) step();
  };
  const scrolled = () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  };
  title();
  follow();
  document.addEventListener("scroll", scrolled, { passive: true });
};

/** Follows the reader, from when the page is there. */
export const followReader = () => {
  window.addEventListener("load", begin);
};
