import '@fontsource-variable/commissioner/flar.css';
import '@mantine/core/styles.css';
import './shared/theme/tokens.css';
import './shared/theme/mantine.css';
import './shared/theme/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './app/Providers';
import { router } from './app/router';
import { preferredLocale, setLocale } from './shared/i18n/language';

const place = document.getElementById('root');
if (!place) throw new Error('The page has no #root.');

await setLocale(preferredLocale());
createRoot(place).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
