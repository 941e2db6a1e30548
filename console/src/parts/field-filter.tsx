import { type ToggleEvent, useId, useRef } from 'react';
import { useText } from '../language/language.tsx';
import { TABLE } from '../texts/shell.ts';
import { LIST_SEPARATOR } from '../texts/words.ts';
import type { Filter } from './filters.tsx';
import type { ListQuery } from './list-query.ts';

interface FieldFilterProps {
  readonly filter: Filter;
  readonly query: ListQuery;
}

const EDGE = 8;

/** Chooses values of one field. The browser's own popover closes it with Escape or a click beside it. */
export function FieldFilter({ filter, query }: FieldFilterProps) {
  const t = useText();
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const values = query.values(filter.field);
  const unnamed = values.filter((value) => filter.options.every((option) => option.value !== value));
  const options = [
    ...filter.options.map(({ value, text }) => ({ value, label: t(text) })),
    ...unnamed.map((value) => ({ value, label: value })),
  ];
  const said = options
    .filter(({ value }) => values.includes(value))
    .map(({ label }) => label)
    .join(t(LIST_SEPARATOR));
  const title = t(filter.title);
  const change = (value: string, on: boolean) => {
    const next = on ? [...values, value] : values.filter((each) => each !== value);
    query.change({ filter: { field: filter.field, values: next } });
  };
  return (
    <div className={said ? 'field-filter chosen' : 'field-filter'} data-filter={filter.field}>
      <button type="button" ref={opener} className="field opener" popoverTarget={id}>
        <span>{said ? `${title}: ${said}` : title}</span>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <path d="M1 3h8L5 8z" />
        </svg>
      </button>
      <div
        id={id}
        popover="auto"
        className="choices"
        onToggle={(event: ToggleEvent<HTMLDivElement>) => placeBelow(event.currentTarget, opener.current)}
      >
        <fieldset>
          <legend className="unseen">{t(TABLE.filterBy(title))}</legend>
          {options.map(({ value, label }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={values.includes(value)}
                onChange={({ target }) => change(value, target.checked)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      </div>
    </div>
  );
}

/** Puts what opened under its button, inside the window. */
function placeBelow(choices: HTMLElement, opener: HTMLElement | null): void {
  if (!opener) return;
  const { left, bottom, width } = opener.getBoundingClientRect();
  choices.style.minWidth = `${width}px`;
  const room = document.documentElement.clientWidth - choices.offsetWidth - EDGE;
  choices.style.left = `${Math.max(EDGE, Math.min(left, room)) + scrollX}px`;
  choices.style.top = `${bottom + 4 + scrollY}px`;
}
