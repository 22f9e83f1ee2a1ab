/* Long work in steps, so that a slow phone answers its reader between them. */

/** Milliseconds after which work pauses: a task that takes more than 50 is felt (RAIL), and each pause costs some. */
const ENOUGH = 25;

/** So many things of a list are one step. */
const STEP = 50;

/** Resolves in a task of its own; a timer would wait for four milliseconds each time. */
const pause = () =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });

/**
 * Visits each thing of a list, and may pause after every few.
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item, place: number) => void} visit
 * @returns {Generator<void, void>}
 */
export const each = function* (items, visit) {
  for (const [place, item] of items.entries()) {
    if (place % STEP === 0) yield;
    visit(item, place);
  }
};

/**
 * Does work to its end without a pause.
 * @template Result
 * @param {Generator<void, Result>} work
 * @returns {Result}
 */
export const atOnce = work => {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
};

/**
 * Does work that yields where it may pause, and pauses where it has taken long; what waits for it begins in a task of its own.
 * @template Result
 * @param {Generator<void, Result>} work
 * @returns {Promise<Result>}
 */
export const inSteps = async work => {
  let began = performance.now();
  let step = work.next();
  while (!step.done) {
    if (performance.now() - began > ENOUGH) {
      await pause();
      began = performance.now();
    }
    step = work.next();
  }
  await pause();
  return step.value;
};
