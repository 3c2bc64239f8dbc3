import type { StatementInput } from '../statement.ts';
import type { Example } from './endpoint.ts';

/** Statements to start from, about what the examples of the project have registered. */
export const statementExamples = {
  statement: {
    summary: 'A spokesman is quoted for his president',
    value: {
      holder: 'joe-biden',
      proposition: 'american-soldiers',
      direction: 'oppose',
      act: 'reaffirm',
      strength: 0.8,
      saidAt: '2024-06-05/2024-06-08',
      heldSince: '2022-02',
      speaker: 'john-kirby',
      authority: 'spokesperson',
      source: {
        id: 'article-macron-trainers',
        title: "American authorities refute Macron's statement.",
        publishedAt: '2024-06-07/2024-06-08',
        part: 'body',
      },
      quote: { exact: 'It was the case then, and it will continue to be the case', directness: 'direct' },
      utteranceId: 'kirby-briefing',
      language: 'en',
      extraction: { method: 'hand' },
    },
  },
  vote: {
    summary: 'A recorded vote',
    value: {
      holder: 'brazil',
      proposition: 'un-cuba-embargo',
      direction: 'oppose',
      act: 'vote',
      saidAt: '2019-11-07',
      source: { id: 'un-rcid-9058', publisher: 'United Nations General Assembly', part: 'record' },
    },
  },
  endorsement: {
    summary: "A president's stance is endorsed; where he stands is looked up",
    value: {
      holder: 'joe-biden',
      proposition: 'trainers',
      act: 'endorse',
      endorses: { holder: 'emmanuel-macron' },
      saidAt: '2024-06-05/2024-06-08',
      speaker: 'john-kirby',
      authority: 'spokesperson',
      source: { id: 'article-macron-trainers', publishedAt: '2024-06-07/2024-06-08', part: 'body' },
      quote: { exact: "Biden approves of Macron's position", directness: 'indirect' },
    },
  },
} as const satisfies Readonly<Record<string, Example & { readonly value: StatementInput }>>;
