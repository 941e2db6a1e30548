const SLICE_MILLISECONDS = 8;

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
  return new Promise((resolve) => setImmediate(resolve));
}
