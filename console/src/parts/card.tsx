import Container from '@cloudscape-design/components/container';
import type { ReactNode } from 'react';

interface CardProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a title of its own. */
export function Card({ title, note, children }: CardProps) {
  return (
    <Container
      header={
        <div className="card-head">
          <h2>{title}</h2>
          {note && <span className="card-note">{note}</span>}
        </div>
      }
    >
      {children}
    </Container>
  );
}
