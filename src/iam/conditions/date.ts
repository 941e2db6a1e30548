const EPOCH = /^-?\d{1,15}$/;
const ISO =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?)?$/;

/**
 * Reads a date as W3C's profile of ISO 8601 or as epoch seconds, in milliseconds since 1970; undefined
 * when it is neither. A time without a zone is UTC (IAM User Guide, "Date condition operators").
 */
export function parseDate(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000;
  const match = ISO.exec(text);
  if (!match) return undefined;
  const field = (index: number, missing: number) =>
    match[index] === undefined ? missing : Number(match[index]);
  const [year, month, day] = [field(1, 0), field(2, 1), field(3, 1)];
  const [hour, minute, second] = [field(4, 0), field(5, 0), field(6, 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const fraction = match[7] === undefined ? 0 : Math.trunc(Number(`0.${match[7]}`) * 1000);
  const zone = (field(10, 0) * 60 + field(11, 0)) * (match[9] === '-' ? -1 : 1);
  return Date.UTC(year, month - 1, day, hour, minute - zone, second, fraction);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
