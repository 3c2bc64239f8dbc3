/** How many rounds a test that repeats itself runs: few for someone who waits, many with `CI=true`. */
export const rounds = (few: number, many: number): number => (process.env['CI'] === 'true' ? many : few);
