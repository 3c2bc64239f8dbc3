import { describe, expect, it } from 'vitest';

import { bench, context, submission } from './harness.ts';

const disowning = (holder: string, changes: Readonly<Record<string, unknown>> = {}) =>
  submission({
    id: `d-${holder}`,
    holder,
    act: 'disown',
    direction: undefined,
    disowns: { statementId: 'v1' },
    ...changes,
  });

describe('a disowning', () => {
  it('of what is known to be of another holder is refused, whether recorded before or sent with it', async () => {
    const { record, events } = await bench();
    const refused = {
      outcome: 'rejected',
      statementId: 'd-germany',
      error: {
        code: 'not-own-statement',
        detail: 'Statement "v1" is of france: only france can take it back.',
        retryable: false,
        errors: [
          {
            path: 'disowns.statementId',
            message: 'Statement "v1" is of france: only france can take it back.',
          },
        ],
      },
    };
    expect(await record([disowning('germany'), submission()])).toMatchObject([refused, { outcome: 'accepted' }]);
    const before = (await events()).length;
    expect(await record([disowning('germany')])).toEqual([refused]);
    expect(await events()).toHaveLength(before);
  });

  it('of what is not recorded yet is taken, and stays a duplicate when that comes as somebody else’s', async () => {
    const { record } = await bench();
    expect(await record([disowning('germany')])).toMatchObject([{ outcome: 'accepted' }]);
    await record([submission()]);
    expect(await record([disowning('germany')])).toMatchObject([{ outcome: 'duplicate' }]);
  });

  it('of one’s own is taken, by any name that one answers as', async () => {
    const { record, ingestion } = await bench();
    await record([submission()]);
    expect(await record([disowning('france')])).toMatchObject([{ outcome: 'accepted' }]);
    await ingestion.registry.merge('germany', { into: 'france' }, context);
    expect(await record([disowning('germany')])).toMatchObject([{ outcome: 'accepted' }]);
  });
});
