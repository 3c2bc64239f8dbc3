import type { ListedChange } from '@stance/client';
import { expect, test } from 'vitest';

import type { Aspect } from '../browser/data/change-difference.ts';
import { aspects, differencesOf } from '../browser/data/change-difference.ts';
import { changesAsCsv, differencesAsCsv } from '../browser/download/change-data.ts';

const day = (edtf: string) => ({ edtf, earliest: edtf, latest: edtf });

const change = {
  id: 'c-1',
  holder: 'ann',
  holderName: 'Ann',
  proposition: 'tax',
  propositionText: 'The tax should go.',
  track: 'strength',
  kind: 'softening',
  status: 'withdrawn',
  from: { direction: 'support', strength: 'strong' },
  to: { direction: 'support', strength: 'weak' },
  at: day('2020-01-01'),
  withdrawnAt: day('2020-02-01'),
  condition: 'if it rains',
  openedBy: 's-1',
} as ListedChange;

test('changes as CSV tell how strongly, until when and on which condition', () => {
  expect(changesAsCsv([change]).split('\r\n')).toEqual([
    '\uFEFFid,holder,holderName,proposition,propositionText,kind,status,from,fromStrength,to,toStrength,at,confirmedAt,withdrawnAt,condition,openedBy',
    'c-1,ann,Ann,tax,The tax should go.,softening,withdrawn,support,strong,support,weak,2020-01-01,,2020-02-01,if it rains,s-1',
    '',
  ]);
});

const others: Readonly<Record<Aspect, Partial<ListedChange>>> = {
  status: { status: 'confirmed' },
  kind: { kind: 'hardening' },
  from: { from: { direction: 'support', strength: 'moderate' } },
  to: { to: { direction: 'support', strength: null } },
  at: { at: day('2020-01-02') },
  confirmedAt: { confirmedAt: day('2020-01-03') },
  withdrawnAt: { withdrawnAt: day('2020-02-02') },
};

test.each(aspects)('what is told otherwise is otherwise in its two lines too: %s', (aspect) => {
  const [difference] = differencesOf(
    { changes: [change], isCut: false },
    { changes: [{ ...change, ...others[aspect] }], isCut: false },
  );
  if (difference === undefined) throw new Error('there is no difference');
  const [, before = '', now = ''] = differencesAsCsv([difference]).split('\r\n');
  expect(before.replace('otherwise,before,', '')).not.toBe(now.replace('otherwise,now,', ''));
});
