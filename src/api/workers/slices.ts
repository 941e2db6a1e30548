const SLICE_MILLISECONDS = 3;
/** A request takes several turns of the event loop: a slice in each of them would add up. */
const REST_MILLISECONDS = 4;

/** Says when what computes has had its slice of time. */
export interface Slice {
  isOver(): boolean;
  /** Lets waiting requests be answered, then begins another slice. */
  rest(): Promise<void>;
}

export function beginSlice(): Slice {
  let began = performance.now();
  return {
    isOver: () => performance.now() - began >= SLICE_MILLISECONDS,
    async rest() {
      await new Promise((resolve) => setTimeout(resolve, REST_MILLISECONDS));
      began = performance.now();
    },
  };
}

/** Goes through a long list and lets waiting requests be answered in between. */
export async function inSlices<Item>(items: Iterable<Item>, take: (item: Item) => void): Promise<void> {
  const slice = beginSlice();
  for (const item of items) {
    take(item);
    if (slice.isOver()) await slice.rest();
  }
}
