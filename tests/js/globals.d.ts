/* What the scripts of a page and of the offline edition hand each other. */

interface Window {
  /** Called by every script that holds a file of the search, in the offline edition: its name, and the JSON in it. */
  explainerPack: (name: string, value: unknown) => void;
  /** Called by every piece of the previews: its number, and what it holds by address. */
  explainerPreviews: (
    piece: number,
    previews: Record<string, [title: string, about: string, summary: string, language?: string]>,
  ) => void;
  /** The search, once its script has run; `find` and `decoded` are there for tests. */
  explainerSearch: {
    open: (opener: HTMLElement, text?: string) => void;
    settle: (element: HTMLElement) => void;
    decoded: typeof import("../../scripts/theme/assets/search/names.js").decoded;
    find: (text: string) => Promise<string[][]>;
  };
}
