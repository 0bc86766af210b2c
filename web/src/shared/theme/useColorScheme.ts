import { useComputedColorScheme } from '@mantine/core';

/** Day or night, as it is on the screen now. */
export const useColorScheme = (): 'light' | 'dark' => useComputedColorScheme('light');
