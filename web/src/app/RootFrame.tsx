import { Outlet } from '@tanstack/react-router';
import { ToastStack } from '@/shared/notify/ToastStack';
import { UpdatePrompt } from './UpdatePrompt';

export function RootFrame() {
  return (
    <>
      <Outlet />
      <UpdatePrompt />
      <ToastStack />
    </>
  );
}
