/* What the scripts of a page and of the offline edition hand each other. */

interface EnginePort {
  addEventListener(type: string, act: (event: { data: unknown }) => void): void;
  postMessage(answer: { id: number; result?: unknown; error?: string }): void;
}

interface Window {
  /** Called by every pack of the offline edition: name of a file -> its bytes in base64. */
  explainerPack: (files: Record<string, string>) => void;
  /** Called by every piece of the previews: its number, and what it holds by address. */
  explainerPreviews: (
    piece: number,
    previews: Record<string, [title: string, about: string, summary: string, language?: string]>,
  ) => void;
  /** Pagefind's worker as a function, in the offline edition. */
  explainerEngine?: (port: EnginePort, read: (address: string) => Promise<Response>) => void;
  /** The search, once its script has run; `find` and `decoded` are there for tests. */
  explainerSearch: {
    open: (opener: HTMLElement, text?: string) => void;
    settle: (element: HTMLElement) => void;
    decoded: typeof import("../../scripts/theme/assets/search/names.js").decoded;
    find: (text: string) => Promise<string[][]>;
  };
}
