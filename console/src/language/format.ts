import type { Interval, Language, Place } from '../../../src/api/contract.ts';

/** A day of the calendar: `24 November 2026`, `2026年11月24日`. */
export function showDay(iso: string, language: Language): string {
  const date = new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso);
  const zone = iso.length === 10 ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', ...zone }).format(date);
}

/** A day as the mark on an axis: `24 Nov`, `11/24`. */
export function showShortDay(day: string, language: Language): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const month = language === 'ja' ? 'numeric' : 'short';
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month, timeZone: 'UTC' }).format(date);
}

/** A moment, in the reader's own time zone. */
export function showTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

export function showNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 }).format(value);
}

/** `6`, or `3–6` where it is not known exactly. */
export function showInterval({ low, high }: Interval): string {
  return low === high ? String(high) : `${low}–${high}`;
}

export function showPlace({ file, line }: Place): string {
  return `${file}:${line}`;
}

function locale(language: Language): string {
  return language === 'ja' ? 'ja-JP' : 'en-GB';
}
