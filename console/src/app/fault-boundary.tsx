import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';

interface FaultBoundaryProps {
  /** Another page begins anew. */
  readonly page: string;
  readonly children: ReactNode;
}

interface Held {
  readonly fault?: Error | undefined;
  readonly page: string;
}

/** Keeps a page that fails (a chunk of an older version, a defect) from taking the frame with it. */
export class FaultBoundary extends Component<FaultBoundaryProps, Held> {
  override state: Held = { page: this.props.page };

  static getDerivedStateFromError(fault: Error): Partial<Held> {
    return { fault };
  }

  static getDerivedStateFromProps({ page }: FaultBoundaryProps, held: Held): Partial<Held> | null {
    return page === held.page ? null : { page, fault: undefined };
  }

  override render(): ReactNode {
    return this.state.fault ? <Fault fault={this.state.fault} /> : this.props.children;
  }
}

function Fault({ fault }: { readonly fault: Error }) {
  const t = useText();
  return (
    <Alert
      type="error"
      header={t(SHELL.failed)}
      action={<Button onClick={() => location.reload()}>{t(SHELL.retry)}</Button>}
    >
      <code>{fault.message}</code>
    </Alert>
  );
}
