const SLICE_MILLISECONDS = 3;
/** A request takes several turns of the event loop: a slice in each of them would add up. */
const REST_MILLISECONDS = 4;

/** Goes through a long list and lets waiting requests be answered in between. */
export async function inSlices<Item>(items: Iterable<Item>, take: (item: Item) => void): Promise<void> {
  let began = performance.now();
  for (const item of items) {
    take(item);
    if (performance.now() - began < SLICE_MILLISECONDS) continue;
    await breathe();
    began = performance.now();
  }
}

/** Lets waiting requests be answered. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, REST_MILLISECONDS));
}
