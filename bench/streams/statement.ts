/** How many there are who say something. */
export const holders = 1000;

/** The first statement of a holder on a proposition: each is a change. */
export const statement = (n: number): string =>
  JSON.stringify({
    id: `s-${n}`,
    holder: `holder-${n % holders}`,
    proposition: `proposition-${Math.floor(n / holders)}`,
    direction: 'support',
    saidAt: '2024-01-01',
    quote: { exact: 'Yes, we will.', directness: 'direct' },
  });
