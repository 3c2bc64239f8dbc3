/** What the view `history` says. */
export const history = {} as const;
