import type { Method } from './method.ts';

/**
 * The method that answers are made by unless another one is asked for. Its numbers never change within a version:
 * what follows from them is stamped with name and version.
 */
export const defaultMethod = {
  name: 'default',
  version: 2,
  authority: { self: 1, spokesperson: 0.9, attributed: 0.7, 'unnamed-source': 0.4, inferred: 0.3 },
  directness: { direct: 1, indirect: 0.8, paraphrase: 0.6, notGiven: 0.7, record: 1 },
  part: { headline: 0.5, teaser: 0.5, caption: 0.5, lead: 1, body: 1, record: 1, notGiven: 1 },
  link: 0.7,
  strong: 0.85,
  enough: 1,
  least: 0.4,
  prevailing: 2 / 3,
  bands: { moderate: 0.4, strong: 0.75 },
  reasons: {
    authority: 'How near the words are to the holder.',
    'authority.self': 'The holder speaks: nobody stands between.',
    'authority.spokesperson': 'Paid to say what the holder holds, and now and then corrected by the holder.',
    'authority.attributed': 'Somebody else says what the holder holds, by name and answerable for it.',
    'authority.unnamed-source': 'Nobody answers for it; two such accounts do not make a stance.',
    'authority.inferred': 'Concluded from something else: a hint, never a finding; under `least` by itself.',
    directness: 'How much of the wording is the speaker’s own.',
    'directness.direct': 'Words in quotation marks.',
    'directness.indirect': 'Reported speech keeps the content and loses the hedges.',
    'directness.paraphrase': 'The reporter’s own words for the gist.',
    'directness.notGiven': 'Unknown; set between reported speech and paraphrase, where most of it lies.',
    'directness.record': 'An official record needs no quotation marks.',
    part: 'Headlines, teasers and captions are shortened by others than the reporter, and sharpen what they shorten.',
    'part.notGiven': 'Taken for running text.',
    link: 'Each further mouth between speaker and page loses about as much as attribution does.',
    strong:
      'Reached by the holder’s or a spokesperson’s direct words; missed by reported speech (0.8), so that one paraphrase never flips a stance.',
    enough: 'Two independent reports in ordinary quality, or one recorded vote.',
    least:
      'One unnamed source quoted directly just reaches it; a headline alone in reported speech of others does not.',
    prevailing: 'A two-thirds majority: a moment that is more evenly divided is mixed, or in dispute.',
    'bands.moderate': 'Below it, words such as “leaning towards”.',
    'bands.strong': 'From it on, words such as “never” and “at any price”.',
  },
} as const satisfies Method;
