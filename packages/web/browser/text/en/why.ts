/** What moves a stance. */
const moves = {
  opened: 'With it a new stance began.',
  confirmed: 'It confirmed the new stance.',
  supports: 'It spoke for the new stance, which was not confirmed yet.',
  opposes: 'It spoke against the new stance, which was not confirmed yet.',
  withdrew: 'It ended the new stance before anything confirmed it.',
} as const;

/** What the view `history` says of why a stance is what it is: whole sentences. */
export const why = {
  /** Whose stance, and on what where that is another proposition. */
  on: (holder: string, proposition: string) => `${holder} on ${proposition}`,
  seen: (stance: string, status: string, since: string) => `“${stance}” (${status}, since ${since})`,
  role: {
    ...moves,
    reaffirms: 'It is for the side that was held already.',
    repeats: 'It passes on words that are counted already, and adds nothing.',
    copy: 'It is a copy of what is counted already, and adds nothing.',
    outvoted: 'Something else decides that day, so it adds nothing.',
    disputed: 'Accounts of the same words disagree, and none of them prevails, so it adds nothing.',
    unplaced: 'Its date is too vague for one day, and no stance held then agrees with it, so it adds nothing.',
    disowned: 'The holder took it back, so it adds nothing.',
  },
  agreesVaguely: 'Its date is too vague for one day. It agrees with what was held then, and adds nothing to the sums.',
  reaffirmation: 'It counts as a reaffirmation.',
  weightless: (because: string) => `It weighs nothing: ${because}.`,
  nil: {
    decline: 'the holder does not say',
    unclear: 'it does not tell which side',
    noDirection: 'it names no side of its own',
    noStance: 'it points at somebody who had no stance then',
    insufficient: 'it points at a stance with too little behind it',
    noSide: 'it disagrees with a stance that takes no side',
    own: 'it points at a stance of the same holder',
    disowned: 'it was taken back',
    factor: (name: string) => `“${name}” is 0`,
  },
  ground: {
    endorsed: (whose: string, held: string, weight: string) =>
      `It agrees with ${whose}, whose stance was ${held} then, and weighs no more than the ${weight} behind that.`,
    rejected: (whose: string, held: string, weight: string, side: string) =>
      `It disagrees with ${whose}, whose stance was ${held} then, so it speaks for “${side}”, and weighs no more than the ${weight} behind that.`,
    'no-stance': (whose: string) => `It points at ${whose}, where no stance was held then.`,
    insufficient: (whose: string, held: string) => `It points at ${whose}: ${held}, with too little behind it.`,
    'rejects-no-side': (whose: string, held: string) =>
      `It disagrees with ${whose}: ${held}, which leaves open what is held instead.`,
    'own-stance': (whose: string) => `It points at ${whose}, who was found to be the same holder.`,
    nothing: 'nothing',
    rests: (whose: string) => `That rests on ${whose}.`,
  },
  moment: {
    prevails: (side: string, share: string, needed: string) =>
      `“${side}” prevails with ${share} of the weight (${needed} is needed), but what is disputed confirms nothing.`,
    none: (side: string, share: string, needed: string) =>
      `“${side}” has ${share} of the weight, and ${needed} is needed: no account prevails, and nothing moves.`,
    effect: {
      none: 'It opened nothing.',
      ...moves,
      reaffirms: 'It was more of what was held already.',
    },
  },
  entry: {
    opened: (adds: string) => `this began with a weight of ${adds}`,
    supports: (adds: string) => `${adds} more for it`,
    opposes: (adds: string) => `${adds} more against it`,
    ends: 'neither for nor against it',
    sums: (day: string, what: string, added: string, against: string) =>
      `${day}: ${what}; so far ${added} for it, ${against} against it.`,
    confirmed: 'That confirmed it.',
    withdrew: 'That ended it.',
  },
  rule: {
    strong: (strong: string) => `words that weigh ${strong} or more are enough by themselves`,
    enough: (added: string, against: string, enough: string) =>
      `${added} speaks for it, ${enough} is enough, and only ${against} speaks against it`,
    outweighed: (added: string, against: string) =>
      `the ${against} against it is no less than the ${added} that speaks for it`,
    'third-side': 'something else was said than either of the two',
    'direction-changed': 'the side itself changed',
  },
  change: {
    lacks: (weight: string, enough: string) => `Not confirmed yet: ${weight} is missing of the ${enough} needed`,
    lacksToPass: (weight: string) => `Not confirmed yet: more than ${weight} is missing to pass what speaks against it`,
    orStrong: (strong: string) => `, or a statement that nobody disputes and that weighs ${strong} or more.`,
    disputed: 'Not confirmed yet: enough speaks for it, but that is disputed. What nobody disputes would confirm it.',
    confirmed: (day: string, because: string) => `Confirmed on ${day}: ${because}.`,
    withdrawn: (day: string, because: string) => `Ended on ${day}: ${because}.`,
    disowned: (day: string) => `Ended on ${day}: what began it was taken back.`,
  },
  stance: {
    later: (day: string) => `The first stance begins later, on ${day}.`,
    none: 'Nothing that was said makes a stance.',
    incomplete: 'Events of this history wait to be looked at, so no stance is told yet.',
    insufficient: (weight: string, side: string, least: string) =>
      `Too little to say: ${weight} stands behind “${side}”, and ${least} is the least.`,
    provisional: (side: string) => `Nothing is confirmed yet, and “${side}” leads.`,
    confirmed: (side: string, day: string) => `“${side}” has held since ${day}.`,
  },
} as const;
