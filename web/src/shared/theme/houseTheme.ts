import { mergeThemeOverrides } from '@mantine/core';
import { theme } from './theme';

/** The theme, and how the house wants Mantine's components to behave. */
export const houseTheme = mergeThemeOverrides(theme, {
  components: {
    // Its extra focus target is no child that a menu may have; without it the first item takes the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Drawer: { defaultProps: { overlayProps: { color: 'var(--at-scrim)', backgroundOpacity: 1 } } },
    Switch: { defaultProps: { withThumbIndicator: false } },
  },
});
