import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';
const KEY = 'honmaru.theme';

const dark = matchMedia('(prefers-color-scheme: dark)');

function themeNow(): Theme {
  const stored = localStorage.getItem(KEY);
  if (stored === 'light' || stored === 'dark') return stored;
  return dark.matches ? 'dark' : 'light';
}

/** The appearance: what was chosen, else the system's, also when it turns dark in the evening. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const follow = () => setTheme(themeNow());
    dark.addEventListener('change', follow);
    return () => dark.removeEventListener('change', follow);
  }, []);
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
