const UNIT_DAYS: Readonly<Record<string, number>> = {
  minute: 1 / 1440,
  minutes: 1 / 1440,
  hour: 1 / 24,
  hours: 1 / 24,
  day: 1,
  days: 1,
};

/**
 * The longest time between two runs of a `rate(…)` or `cron(…)` expression, in days; infinite for
 * `at(…)`, undefined where the expression cannot be read (Systems Manager user guide, "Cron and rate
 * expressions for Systems Manager"). A month counts as 31 days.
 */
export function intervalDays(expression: string): number | undefined {
  const rate = /^rate\(\s*(\d{1,6})\s+(\w+)\s*\)$/.exec(expression);
  if (rate) {
    const unit = UNIT_DAYS[rate[2] ?? ''];
    return unit === undefined ? undefined : Number(rate[1]) * unit;
  }
  if (expression.startsWith('at(')) return Number.POSITIVE_INFINITY;
  const cron = /^cron\(([^()]{1,200})\)$/.exec(expression);
  return cron ? cronDays((cron[1] ?? '').trim().split(/\s+/)) : undefined;
}

function cronDays(fields: readonly string[]): number | undefined {
  if (fields.length < 5 || fields.length > 7) return undefined;
  const [, , dayOfMonth = '*', month = '*', dayOfWeek = '*'] = fields;
  const open = (field: string) => field === '*' || field === '?';
  if (!open(month)) return cronMonths(month);
  if (!open(dayOfWeek)) return /[#L]/.test(dayOfWeek) ? 31 : 7;
  if (open(dayOfMonth)) return 1;
  const step = /^(?:\*|\d+)\/(\d+)$/.exec(dayOfMonth);
  return step ? Number(step[1]) : 31;
}

function cronMonths(month: string): number {
  const step = /^(?:\*|\d+)\/(\d+)$/.exec(month);
  if (step) return Number(step[1]) * 31;
  return Math.ceil(12 / month.split(',').length) * 31;
}
