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

/** An event of a service worker, whose types the library of a page lacks. */
interface ExtendedEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEventOfWorker extends ExtendedEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface MessageToWorker extends ExtendedEvent {
  readonly data: { page: string; parts: string[] };
}

/** Where a service worker runs. */
interface ServiceWorkerPlace {
  /** What the build puts before the worker. */
  readonly explainerKeeps: import("../../scripts/theme/assets/worker/keeping.js").Settings;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", act: (event: ExtendedEvent) => void): void;
  addEventListener(type: "fetch", act: (event: FetchEventOfWorker) => void): void;
  addEventListener(type: "message", act: (event: MessageToWorker) => void): void;
}
