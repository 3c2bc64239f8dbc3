import { describe, expect, it } from 'vitest';

import { webAddress } from '../browser/data/web-address.ts';
import { statementsAsCsv, statementsAsNdjson } from '../browser/download/statement-data.ts';
import {
  markInWords,
  reportersInWords,
  saidInWords,
  speakerInWords,
  speakersInWords,
} from '../browser/part/history/words.ts';
import { said } from './said.ts';

const names = new Map([
  ['joe-biden', 'Joe Biden'],
  ['john-kirby', 'John Kirby'],
  ['emmanuel-macron', 'Emmanuel Macron'],
]);
const kirby = said({
  id: 'kirby',
  speaker: 'john-kirby',
  authority: 'spokesperson',
  direction: 'support',
  weight: 0.72,
  earliest: '2024-06-05',
  quote: { exact: 'Biden approves of Macron’s position', directness: 'indirect' },
});

describe('the words about a statement', () => {
  it('say who spoke for whom', () => {
    expect(speakerInWords(kirby, names)).toBe('John Kirby, as spokesperson for Joe Biden');
    expect(speakerInWords(said({}), names)).toBe('Joe Biden');
    expect(speakerInWords(said({ authority: 'unnamed-source' }), names)).toBe('an unnamed source, of Joe Biden');
    expect(speakerInWords(said({ authority: 'attributed', speaker: 'somebody-new' }), names)).toBe(
      'somebody-new, telling of Joe Biden',
    );
  });

  it('say who spoke how often, who spoke most first', () => {
    expect(speakersInWords([said({}), kirby, kirby], names)).toBe(
      'John Kirby, as spokesperson for Joe Biden (2 of 3); Joe Biden (1 of 3)',
    );
  });

  it('follow the chain of reporters', () => {
    const reportedBy = [{ actor: 'emmanuel-macron', verb: 'revealed' }, { name: 'an agency' }];
    expect(reportersInWords({ reportedBy }, names)).toBe('Emmanuel Macron (revealed) → an agency');
  });

  it('say on which day a vague date counts, and which date was assumed', () => {
    expect(saidInWords(kirby)).toMatch(/2024.*; counted on .*2024/);
    expect(saidInWords(said({ saidAtAssumed: true }))).toMatch(/assumed/);
  });

  it('tell a mark to who does not see it', () => {
    expect(markInWords(kirby, names)).toMatch(
      /^supports, .*2024: “Biden approves of Macron’s position”, John Kirby, as spokesperson for Joe Biden\. Weight 0.72\. With it a new stance began\.$/,
    );
  });
});

describe('an address of the web', () => {
  it('is one of http or https, and nothing that runs', () => {
    expect(webAddress('https://example.org/a')).toBe('https://example.org/a');
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', '/a', 'example.org', '', undefined])
      expect(webAddress(bad)).toBeNull();
  });
});

describe('statements to take along', () => {
  it('are lines of CSV in which no spreadsheet runs anything', () => {
    const [head, line] = statementsAsCsv([said({ quote: { exact: '=1+1, "so"', directness: 'direct' } })]).split(
      '\r\n',
    );
    expect(head?.startsWith('\uFEFFid,holder,proposition,saidAt')).toBe(true);
    expect(line).toContain(`"'=1+1, ""so"""`);
  });

  it('are lines of JSON as the service told them', () => {
    expect(
      statementsAsNdjson([kirby, kirby])
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([kirby, kirby]);
  });
});
