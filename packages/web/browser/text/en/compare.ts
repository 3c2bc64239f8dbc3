/** What the view `compare` says. */
export const compare = {} as const;
