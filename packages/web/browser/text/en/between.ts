/** What the view `between` says. */
export const between = {} as const;
