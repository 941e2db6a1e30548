import type { SimpleShape, TimestampFormat } from '../schema/shape.ts';
import { SerializationError } from '../serialization-error.ts';

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)$/;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d(?:\.\d{1,3})? GMT$/;
const EPOCH = /^-?\d{1,14}(?:\.\d{1,9})?(?:[eE]\+?\d{1,2})?$/;

/** The format of a timestamp: the model's, else the place's own. */
export function formatOf(shape: SimpleShape, fallback: TimestampFormat): TimestampFormat {
  return shape.format ?? fallback;
}

/** Reads a timestamp. @throws SerializationError */
export function readTimestamp(value: unknown, format: TimestampFormat): Date {
  const date = new Date(millisecondsOf(value, format));
  if (Number.isNaN(date.getTime())) throw new SerializationError('a timestamp is malformed');
  return date;
}

function millisecondsOf(value: unknown, format: TimestampFormat): number {
  if (typeof value === 'number') return format === 'epoch-seconds' ? Math.round(value * 1000) : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  switch (format) {
    case 'epoch-seconds':
      return EPOCH.test(value) ? Math.round(Number(value) * 1000) : Number.NaN;
    case 'http-date':
      return HTTP_DATE.test(value) ? Date.parse(value) : Number.NaN;
    case 'date-time':
      return DATE_TIME.test(value) ? Date.parse(value) : Number.NaN;
  }
}

/** Writes a timestamp as text; whole seconds without a fraction. */
export function writeTimestamp(value: unknown, format: TimestampFormat): string {
  const date = value instanceof Date ? value : new Date(Number.NaN);
  if (Number.isNaN(date.getTime())) throw new TypeError('not a date');
  switch (format) {
    case 'epoch-seconds':
      return String(date.getTime() / 1000);
    case 'http-date':
      return httpDate(date);
    case 'date-time':
      return date.toISOString().replace('.000Z', 'Z');
  }
}

function httpDate(date: Date): string {
  const milliseconds = date.getUTCMilliseconds();
  if (milliseconds === 0) return date.toUTCString();
  return date
    .toUTCString()
    .replace(' GMT', `.${String(milliseconds).padStart(3, '0').replace(/0+$/, '')} GMT`);
}
