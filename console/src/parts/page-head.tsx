import type { ReactNode } from 'react';

interface PageHeadProps {
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly above?: ReactNode;
  readonly children?: ReactNode;
}

/** A page's title with what belongs beside and below it. */
export function PageHead({ title, actions, above, children }: PageHeadProps) {
  return (
    <div className="page-head">
      {above && <div className="page-above">{above}</div>}
      <div className="page-title">
        <h1>{title}</h1>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children && <div className="page-lead">{children}</div>}
    </div>
  );
}
