import { publishedChangeSchema } from '@stance/contracts';
import type { StanceChange } from '@stance/domain';
import { toldEntry } from '@stance/feed';
import type { FeedEntry } from '@stance/feed';
import { expect, it } from 'vitest';

const change: StanceChange = {
  track: 'direction',
  kind: 'reversal',
  status: 'withdrawn',
  from: { direction: 'oppose', strength: 'strong' },
  to: { direction: 'support', strength: null },
  at: 19_000,
  confirmedAt: null,
  withdrawnAt: 19_001,
  openedBy: 's1',
  evidence: [{ statementId: 's1', weight: 0.8, role: 'opened' }],
  condition: 'only if asked',
  disownedBy: 's2',
};

const entry: FeedEntry = {
  position: 7,
  recordedAt: 1_700_000_000_500,
  previousBody: null,
  type: 'StanceChangeRevised',
  changeId: `c-${'0'.repeat(32)}`,
  holder: 'ann',
  proposition: 'p1',
  method: { name: 'default', version: 1 },
  body: JSON.stringify(change),
  revision: 3,
  detectedAt: 1_700_000_000_000,
  previous: 2,
  replacedBy: null,
};

it('an entry tells its change in the words of the interfaces, with the days as dates and the evidence by id', () => {
  const told = toldEntry(entry);
  expect(publishedChangeSchema.parse(told)).toEqual(told);
  expect(told).toEqual({
    id: `c-${'0'.repeat(32)}`,
    holder: 'ann',
    proposition: 'p1',
    track: 'direction',
    kind: 'reversal',
    from: { direction: 'oppose', strength: 'strong' },
    to: { direction: 'support', strength: null },
    at: { edtf: '2022-01-08', earliest: '2022-01-08', latest: '2022-01-08' },
    withdrawnAt: { edtf: '2022-01-09', earliest: '2022-01-09', latest: '2022-01-09' },
    status: 'withdrawn',
    openedBy: 's1',
    condition: 'only if asked',
    disownedBy: 's2',
    evidence: [{ role: 'opened', statementId: 's1', weight: 0.8 }],
    detectedAt: '2023-11-14T22:13:20.000Z',
    revision: 3,
    method: { name: 'default', version: 1 },
  });
});
