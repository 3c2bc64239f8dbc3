const asked = process.env['STANCE_TEST_ROUNDS'];

/** How often a property is tried: as often as the environment asks for, else `usual`, and 2,000 times at least with `CI=true`. */
export const rounds = (usual: number): number => {
  if (asked !== undefined) return Number(asked);
  return process.env['CI'] === 'true' ? Math.max(usual, 2_000) : usual;
};
