import '@cloudscape-design/global-styles/index.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/list.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
