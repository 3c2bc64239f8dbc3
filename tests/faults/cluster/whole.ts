/** Whether this is the long run, `npm run test:faults`. */
export const isWhole = process.env['STANCE_TEST_FAULTS'] === 'all';
