import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';
const KEY = 'honmaru.theme';

function firstTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  if (stored === 'light' || stored === 'dark') return stored;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The appearance: what was chosen, else the system's. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(firstTheme);
  useEffect(() => {
    document.body.classList.toggle('awsui-dark-mode', theme === 'dark');
    document.documentElement.style.colorScheme = theme;
  }, [theme]);
  return [
    theme,
    (next) => {
      localStorage.setItem(KEY, next);
      setTheme(next);
    },
  ];
}
