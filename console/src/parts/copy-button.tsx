import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import { useText } from '../language/language.tsx';
import { SHELL } from '../texts/shell.ts';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, where the button stands apart from it. */
  readonly what?: string;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      iconName={copied ? 'status-positive' : 'copy'}
      variant="inline-link"
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {t(copied ? SHELL.copied : what === undefined ? SHELL.copy : SHELL.copyOf(what))}
    </Button>
  );
}
