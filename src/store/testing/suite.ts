import { describe } from 'node:test';
import type { StoreBed } from './bed.ts';
import { describeEvents } from './suite-events.ts';
import { describeQueries } from './suite-queries.ts';
import { describeRecords } from './suite-records.ts';
import { describeSchemas } from './suite-schemas.ts';

/** What every engine of the store must do; run on each of them. */
export function describeStore(engine: string, bed: StoreBed): void {
  describe(`the store on ${engine}`, () => {
    describeRecords(bed);
    describeQueries(bed);
    describeEvents(bed);
    describeSchemas(bed);
  });
}
