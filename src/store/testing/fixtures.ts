import { randomUUID } from 'node:crypto';
import type { EventEnvelope } from '../../model/event.ts';
import { collection } from '../collection.ts';

/** A record of the store's tests. */
export interface Person {
  readonly name: string;
  readonly email?: string;
  readonly age?: number;
  readonly team?: string;
}

export const people = collection({
  name: 'people',
  indexes: {
    email: (person: Person) => person.email,
    age: (person: Person) => person.age,
    team: (person: Person) => person.team,
  },
  unique: ['email'],
});

export interface Counter {
  readonly count: number;
}

export const counters = collection<Counter>({ name: 'counters' });

/** An event of the store's tests. */
export function testEvent(detail: Record<string, unknown> = {}, id: string = randomUUID()): EventEnvelope {
  return {
    version: '0',
    id,
    'detail-type': 'Store Test',
    source: 'honmaru.test',
    account: '111122223333',
    time: '2026-01-31T09:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail,
  };
}
