import { printable } from '../../kernel/text-width.ts';
import { escapeXml } from '../../map/index.ts';

/** Markup that is safe to put into a page: everything in it was escaped or written by us. */
export interface Html {
  readonly markup: string;
}

export type Content = string | number | undefined | Html | readonly Content[];

/** Markup from a template; every value is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  let markup = strings[0] ?? '';
  for (const [index, value] of values.entries()) markup += toMarkup(value) + (strings[index + 1] ?? '');
  return { markup };
}

/** Markup that another renderer of ours made and escaped. */
export function trusted(markup: string): Html {
  return { markup };
}

function toMarkup(value: Content): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeXml(printable(value));
  if ('markup' in value) return value.markup;
  return value.map(toMarkup).join('');
}
