/** What the view `operations` says. */
export const operations = {} as const;
