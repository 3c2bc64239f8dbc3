import { describe, expect, it } from 'vitest';

import type { KnownStatement } from '../src/index.ts';
import { fold, statement, vote, weighing } from './given.ts';

const sum = (...all: readonly KnownStatement[]): number | undefined => fold(...all).segments[0]?.weight;
const on = '2024-01-01';
const reported: Partial<KnownStatement> = { authority: 'attributed', certainty: 0.5 };

describe('independent utterances', () => {
  it('statements of one utterance weigh once per direction, at the highest', () => {
    expect(
      sum(
        weighing('a', 'support', on, 0.3, { utteranceId: 'u', publisher: 'p' }),
        weighing('b', 'support', on, 0.4, { utteranceId: 'u', publisher: 'q' }),
      ),
    ).toBe(0.4);
  });

  it('without utteranceId, speaker, said interval and quote tell utterances apart', () => {
    const said = (id: string, words: string, speaker: string): KnownStatement =>
      statement(id, 'support', on, { ...reported, words, speaker });
    expect(sum(said('a', 'never', 'k'), said('b', 'never', 'k'))).toBe(0.35);
    expect(sum(said('a', 'never', 'k'), said('b', 'ever', 'k'))).toBe(0.7);
    expect(sum(said('a', 'never', 'k'), said('b', 'never', 'l'))).toBe(0.7);
    expect(
      fold(
        said('a', 'never', 'k'),
        statement('b', 'support', '2024-01-02', { ...reported, words: 'never', speaker: 'k' }),
      ).placed.map(({ role }) => role),
    ).toEqual(['opened', 'supports']);
  });

  it('the day tells utterances apart however their words end, but not where they have one utteranceId', () => {
    const told = (id: string, date: string, given: Partial<KnownStatement>): KnownStatement =>
      statement(id, 'support', date, { ...reported, ...given });
    const twice = (given: Partial<KnownStatement>) => sum(told('a', on, given), told('b', '2024-01-02', given));
    expect(twice({ words: 'thank you' })).toBe(0.7);
    expect(twice({ words: 'thank you', utteranceId: 'thanks' })).toBe(0.35);
  });

  it('the said interval tells vague ones apart', () => {
    const within = (id: string, dates: string): KnownStatement =>
      statement(id, 'support', dates, { ...reported, words: 'never', publisher: id });
    const month = within('a', '2024-01-01/2024-01-31');
    expect(sum(month, within('b', '2024-01-01/2024-01-31'))).toBe(0.35);
    expect(sum(month, within('b', '2024-01-02/2024-01-31'))).toBe(0.7);
    expect(sum(month, within('b', '../2024-01-31'))).toBe(0.7);
    expect(sum(within('a', '../2024-01-31'), within('b', '../2024-01-31'))).toBe(0.35);
    expect(sum(within('a', '../2024-01-31'), within('b', '../2024-01-30'))).toBe(0.7);
  });

  it('a quote is not taken for the name of a document', () => {
    const named = statement('a', 'support', on, { ...reported, document: 'never' });
    const quoted = statement('b', 'support', on, { ...reported, words: 'never' });
    expect(sum(named, quoted)).toBe(0.7);
  });

  it('without a quote the document stands in its place', () => {
    expect(
      sum(
        statement('a', 'support', on, { ...reported, document: 'd' }),
        statement('b', 'support', on, { ...reported, document: 'd' }),
      ),
    ).toBe(0.35);
    const history = fold(
      statement('a', 'support', on, { ...reported, document: 'd' }),
      statement('b', 'oppose', on, { ...reported, document: 'd' }),
    );
    expect(history.contested).toHaveLength(1);
  });

  it('without a document the statement is an utterance alone', () => {
    expect(sum(statement('a', 'support', on, reported), statement('b', 'support', on, reported))).toBe(0.7);
  });

  it('utterances of one moment are dependent where they have one publisher, and each group counts at its heaviest', () => {
    const from = (id: string, publisher: string, certainty: number): KnownStatement =>
      statement(id, 'support', on, { ...reported, certainty, publisher });
    expect(sum(from('a', 'p', 0.5), from('b', 'p', 0.25))).toBe(0.35);
    expect(sum(from('a', 'p', 0.5), from('b', 'q', 0.5))).toBe(0.7);
  });

  it('the publisher of an utterance is that of its heaviest account of the direction, on a tie of the lowest id', () => {
    const account = (id: string, publisher: string, certainty: number): KnownStatement =>
      statement(id, 'support', on, { ...reported, certainty, publisher, utteranceId: 'u' });
    const other = statement('z', 'support', on, { ...reported, publisher: 'q' });
    expect(sum(account('a', 'p', 0.25), account('b', 'q', 0.5), other)).toBe(0.35);
    expect(sum(account('a', 'p', 0.5), account('b', 'q', 0.5), other)).toBe(0.7);
    expect(sum(account('a', 'q', 0.5), account('b', 'p', 0.5), other)).toBe(0.35);
  });

  it('one without a publisher depends on that which another account of its document names that day', () => {
    const from = (id: string, document: string, publisher: string | null, date = on): KnownStatement =>
      statement(id, 'support', date, { ...reported, words: id, document, publisher });
    expect(sum(from('a', 'd', 'p'), from('b', 'd', null))).toBe(0.35);
    expect(sum(from('b', 'd', 'p'), from('a', 'd', null), from('c', 'e', 'p'))).toBe(0.35);
    expect(sum(from('a', 'd', 'p'), from('b', 'd', 'q'), from('c', 'd', null))).toBe(0.7);
    expect(sum(from('a', 'd', null), from('b', 'e', 'p'))).toBe(0.7);
    expect(sum(from('a', 'd', 'p'), from('b', 'd', 'q'), from('c', 'd', null), from('e', 'e', 'p'))).toBe(0.7);
    expect(sum(from('a', 'd', 'p'), from('b', 'd', 'q'), from('c', 'd', null), from('e', 'e', 'q'))).toBe(0.7);
    expect(sum(from('a', 'd', 'q'), from('b', 'd', null), from('c', 'e', 'p'))).toBe(0.7);
    const stated = { ...from('b', 'd', null), strength: 0.9 };
    expect(fold(from('a', 'd', 'p'), stated).segments[0]?.strength).toBe('strong');
    expect(fold(from('a', 'd', 'p'), from('b', 'd', null)).segments[0]?.strength).toBeNull();
    const own = weighing('a', 'support', on, 0.3, { document: 'd', publisher: 'p' });
    expect(sum(own, from('b', 'd', null), from('c', 'e', 'p'))).toBe(0.65);
    expect(sum(from('a', 'd', 'p', '2024-01-02'), from('b', 'd', null), from('c', 'e', 'p'))).toBe(1.05);
  });

  it('of several publishers that accounts of its document name, one without depends on that of the lowest id', () => {
    const from = (id: string, certainty: number, publisher: string | null): KnownStatement =>
      statement(id, 'support', on, { ...reported, certainty, words: id, document: 'd', publisher });
    expect(sum(from('a', 0.5, 'p'), from('b', 0.1, 'q'), from('c', 0.4, null))).toBe(0.42);
    expect(sum(from('a', 0.1, 'q'), from('b', 0.5, 'p'), from('c', 0.4, null))).toBe(0.63);
  });

  it('a document’s publisher counts for its running text too, and where an account of two dates names it', () => {
    const from = (id: string, document: string, publisher: string | null): KnownStatement =>
      statement(id, 'support', on, { ...reported, words: id, document, publisher });
    const elsewhere = from('e', 'e', 'p');
    const body = { ...from('a', 'd', null), part: 'body' } as const;
    expect(sum(body, from('b', 'd', 'p'), elsewhere)).toBe(0.35);
    const dated = { ...from('b', 'd', 'p'), utteranceId: 'u' };
    const vague = { ...dated, id: 'c', said: { ...dated.said, earliest: null } };
    expect(sum(dated, vague, from('a', 'd', null), elsewhere)).toBe(0.35);
  });

  it('of a copied document the publisher is the same on every day', () => {
    const from = (id: string, given: Partial<KnownStatement>, date = on): KnownStatement =>
      statement(id, 'support', date, { ...reported, words: id, ...given });
    const original = from('a', { document: 'd' });
    const copy = from('b', { document: 'e', copyOf: 'd' });
    expect(sum(original, copy, from('c', { document: 'd', publisher: 'p' }, '2024-01-02'))).toBe(0.7);
  });

  it('without a publisher its document makes utterances dependent', () => {
    const quoted = (id: string, words: string): KnownStatement =>
      statement(id, 'support', on, { ...reported, words, document: 'd' });
    expect(sum(quoted('a', 'never'), quoted('b', 'not ever'))).toBe(0.35);
  });

  it('the holder’s own direct words are always independent', () => {
    const own = (id: string): KnownStatement => weighing(id, 'support', on, 0.3, { publisher: 'p' });
    expect(sum(own('a'), own('b'))).toBe(0.6);
    expect(sum(vote('a', 'support', on, { publisher: 'p' }), vote('b', 'support', on, { publisher: 'p' }))).toBe(2);
    const indirect = (id: string): KnownStatement => ({ ...own(id), directness: 'indirect' });
    expect(sum(indirect('a'), indirect('b'))).toBe(0.24);
  });

  it('an utterance is the holder’s own direct words where any account gives them, a lighter one too', () => {
    const heavier = statement('a', 'support', on, {
      utteranceId: 'u',
      publisher: 'p',
      directness: 'indirect',
      certainty: 0.5,
    });
    const own = weighing('b', 'support', on, 0.3, { utteranceId: 'u', publisher: 'p' });
    const other = statement('c', 'support', on, { publisher: 'p', directness: 'indirect', certainty: 0.5 });
    expect(sum(heavier, other)).toBe(0.4);
    expect(sum(heavier, own, other)).toBe(0.8);
  });

  it('different moments are independent', () => {
    const from = (id: string, date: string): KnownStatement =>
      statement(id, 'support', date, { ...reported, publisher: 'p' });
    expect(sum(from('a', '2024-01-01'), from('b', '2024-01-02'))).toBe(0.7);
  });

  it('a statement in a copy belongs to the utterance of its like in the original, whatever its date', () => {
    const original = statement('a', 'support', on, { ...reported, words: 'never', document: 'd', publisher: 'agency' });
    const copy = statement('b', 'support', '2024-01-03', {
      ...reported,
      words: 'never',
      document: 'e',
      publisher: 'paper',
      copyOf: 'd',
    });
    const history = fold(original, copy);
    expect(history.segments[0]?.weight).toBe(0.35);
    expect(history.placed.map(({ role, day }) => [role, day])).toEqual([
      ['opened', original.said.latest],
      ['copy', original.said.latest],
    ]);
  });

  it('two copies of an original that is not in the record are one utterance', () => {
    const copy = (id: string, date: string, document: string): KnownStatement =>
      statement(id, 'support', date, {
        ...reported,
        words: 'never',
        document,
        publisher: `paper ${document}`,
        copyOf: 'agency',
      });
    expect(sum(copy('a', on, 'd'), copy('b', '2024-01-02', 'e'))).toBe(0.35);
  });

  it('a copy of a copy counts as the original does', () => {
    const account = (id: string, document: string, copyOf: string | null): KnownStatement =>
      statement(id, 'support', on, { ...reported, words: 'never', document, publisher: `paper ${document}`, copyOf });
    expect(sum(account('a', 'd', null), account('b', 'e', 'd'), account('c', 'f', 'e'))).toBe(0.35);
  });

  it('copies count as their original: other words in a copy depend on the original’s publisher', () => {
    const original = statement('a', 'support', on, { ...reported, words: 'never', document: 'd', publisher: 'agency' });
    const copied = (copyOf: string | null): KnownStatement =>
      statement('b', 'support', on, { ...reported, words: 'not ever', document: 'e', publisher: 'paper', copyOf });
    expect(sum(original, copied('d'))).toBe(0.35);
    expect(sum(original, copied(null))).toBe(0.7);
  });

  it.each(['headline', 'teaser', 'caption'] as const)(
    'a %s without utteranceId is an account of its document’s heaviest lead or body utterance',
    (part) => {
      const text = (id: string, words: string, certainty: number): KnownStatement =>
        statement(id, 'support', on, { ...reported, certainty, words, document: 'd', part: 'body' });
      const short = statement('h', 'oppose', on, { authority: 'attributed', words: 'no', document: 'd', part });
      const [moment] = fold(text('a', 'light', 0.2), text('b', 'heavy', 0.5), short).contested;
      const utterances = new Map(moment?.accounts.map((account) => [account.statementId, account.utterance]));
      expect(utterances.get('h')).toBe(utterances.get('b'));
      expect(utterances.get('h')).not.toBe(utterances.get('a'));
      const [tied] = fold(text('b', 'x', 0.5), text('a', 'y', 0.5), short).contested;
      const byId = new Map(tied?.accounts.map((account) => [account.statementId, account.utterance]));
      expect(byId.get('h')).toBe(byId.get('a'));
    },
  );

  it('a headline with an utteranceId, or of a document without running text, stands by itself', () => {
    const body = statement('b', 'support', on, { ...reported, words: 'yes', document: 'd', part: 'body' });
    const headline = statement('h', 'oppose', on, { ...reported, words: 'no', document: 'd', part: 'headline' });
    expect(fold(body, headline).contested).toHaveLength(1);
    expect(fold(body, { ...headline, utteranceId: 'x' }).contested).toHaveLength(0);
    expect(fold({ ...body, part: 'record' }, headline).contested).toHaveLength(0);
    expect(fold({ ...body, part: 'record', publisher: 'p' }, headline).contested).toHaveLength(0);
    expect(fold({ ...body, part: null, publisher: 'p' }, { ...headline, publisher: 'p' }).contested).toHaveLength(0);
    expect(fold(body, { ...headline, document: 'e' }).contested).toHaveLength(0);
    expect(fold({ ...body, part: 'lead' }, headline).contested).toHaveLength(1);
    expect(fold({ ...body, document: null }, { ...headline, document: null }).contested).toHaveLength(0);
  });

  it('a headline goes with its text to the day of that, of equally heavy ones to that of the lowest id', () => {
    const text = (id: string, date: string, certainty: number): KnownStatement =>
      statement(id, 'support', date, { ...reported, certainty, words: id, document: 'd', part: 'body' });
    const headline = statement('h', 'support', '2024-01-05', { ...reported, document: 'd', part: 'headline' });
    const dayOfHeadline = (...all: readonly KnownStatement[]) =>
      fold(...all, headline).placed.find((placed) => placed.statement.id === 'h')?.day;
    const [a, b, heavy] = [text('a', '2024-01-03', 0.5), text('b', '2024-01-02', 0.5), text('c', '2024-01-04', 0.6)];
    expect(dayOfHeadline(a, b)).toBe(a.said.latest);
    expect(dayOfHeadline(b, a)).toBe(a.said.latest);
    expect(dayOfHeadline(a, heavy, b)).toBe(heavy.said.latest);
    expect(dayOfHeadline(heavy, a)).toBe(heavy.said.latest);
  });
});
