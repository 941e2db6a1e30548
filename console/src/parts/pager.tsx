import { useText } from '../language/language.tsx';
import { TABLE } from '../texts/shell.ts';

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

/** Goes between the pages of a list. */
export function Pager({ page, pages, onPage }: PagerProps) {
  const t = useText();
  return (
    <nav className="pager" aria-label={t(TABLE.pages)}>
      <Step label={t(TABLE.previous)} sign="M7 2L3 6l4 4" to={page - 1} pages={pages} onPage={onPage} />
      {numbersAround(page, pages).map((number, at, all) => (
        <span key={number}>
          {at > 0 && number - (all[at - 1] ?? 0) > 1 && <span aria-hidden="true">…</span>}
          <button
            type="button"
            aria-label={t(TABLE.page(number, pages))}
            aria-current={number === page ? 'page' : undefined}
            onClick={() => onPage(number)}
          >
            {number}
          </button>
        </span>
      ))}
      <Step label={t(TABLE.next)} sign="M5 2l4 4-4 4" to={page + 1} pages={pages} onPage={onPage} />
    </nav>
  );
}

interface StepProps {
  readonly label: string;
  readonly sign: string;
  readonly to: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
}

function Step({ label, sign, to, pages, onPage }: StepProps) {
  return (
    <button type="button" aria-label={label} disabled={to < 1 || to > pages} onClick={() => onPage(to)}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <path d={sign} />
      </svg>
    </button>
  );
}

const AROUND = 2;

/** The first, the last, and those near the one that is shown. */
function numbersAround(page: number, pages: number): readonly number[] {
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, at) => page - AROUND + at);
  return [...new Set([1, ...near, pages])]
    .filter((number) => number >= 1 && number <= pages)
    .sort((a, b) => a - b);
}
