/** What the keys that are derived from a file's data key are for. */
export const HEADER_PURPOSE = 'honmaru envelope 1 header';
export const CHUNKS_PURPOSE = 'honmaru envelope 1 chunks';
