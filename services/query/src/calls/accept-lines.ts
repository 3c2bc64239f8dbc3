/** Whether the client takes a list as lines. */
export const isLines = (accepts: string): boolean => accepts === 'application/x-ndjson';
