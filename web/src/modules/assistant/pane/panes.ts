/** What can stand beside a talk. */
export const panes = ['sources', 'details', 'map', 'settings'] as const;

export type Pane = (typeof panes)[number];
