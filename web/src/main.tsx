import '@fontsource-variable/commissioner/flar.css';
import '@fontsource-variable/source-code-pro';
import './shared/theme/mantineParts.css';
import './shared/theme/tokens.css';
import './shared/theme/mantine.css';
import './shared/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, prefetch } from './app/App';
import { keepFresh } from './app/keepFresh';
import { signOutWhenRefused } from './app/signOutWhenRefused';
import { openFromNotices } from './shared/notify/systemNotice';
import { preferredLocale, setLocale } from './shared/i18n/language';

const place = document.getElementById('root');
if (!place) throw new Error('The page has no #root.');

prefetch();
signOutWhenRefused();
keepFresh();
openFromNotices();
await setLocale(preferredLocale());
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
