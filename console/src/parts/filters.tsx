import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import type { Text } from '../../../src/api/contract.ts';
import { showNumber } from '../language/format.ts';
import { useLanguage, useText } from '../language/language.tsx';
import { TABLE } from '../texts/shell.ts';
import { FieldFilter } from './field-filter.tsx';
import type { ListQuery } from './list-query.ts';

export interface Filter {
  readonly field: string;
  readonly title: Text;
  readonly options: readonly { readonly value: string; readonly text: Text }[];
}

interface FiltersProps {
  readonly query: ListQuery;
  readonly filters: readonly Filter[];
  readonly what: Text;
  readonly total: number | undefined;
}

const TYPING_PAUSE = 250;

/** The search and the filters above a list, and how many rows they let through. */
export function Filters({ query, filters, what, total }: FiltersProps) {
  const t = useText();
  const { language } = useLanguage();
  const [typed, setTyped] = useState(query.text);
  const { text, change } = query;
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => change({ text: typed }), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed, text, change]);
  return (
    <search className="filters">
      <div className="search">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="7" cy="7" r="5" />
          <path d="M11 11l4 4" />
        </svg>
        <input
          type="search"
          className="field"
          value={typed}
          placeholder={t(TABLE.search)}
          aria-label={t(TABLE.searchIn(t(what)))}
          onChange={({ target }) => setTyped(target.value)}
        />
      </div>
      {filters.map((filter) => (
        <FieldFilter key={filter.field} filter={filter} query={query} />
      ))}
      {total !== undefined && (
        <span className="total" role="status">
          {t(TABLE.matches(showNumber(total, language), total))}
        </span>
      )}
      {query.filtered && (
        <Button
          variant="inline-link"
          onClick={() => {
            setTyped('');
            query.clear();
          }}
        >
          {t(TABLE.clear)}
        </Button>
      )}
    </search>
  );
}

/** The options of a filter from a table of words. */
export function optionsOf(words: Readonly<Record<string, Text>>): Filter['options'] {
  return Object.entries(words).map(([value, text]) => ({ value, text }));
}
