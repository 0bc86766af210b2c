import { Outlet } from '@tanstack/react-router';
import { ToastStack } from '@/shared/notify/ToastStack';

export function RootFrame() {
  return (
    <>
      <Outlet />
      <ToastStack />
    </>
  );
}
