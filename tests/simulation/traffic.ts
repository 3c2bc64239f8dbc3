import { ProblemError, readStatementInput } from '@stance/contracts';
import type { Ingestion, StatementResult } from '@stance/ingestion';

import type { SeededRandom } from '../support/seeded-random.ts';

/** What was acknowledged, and by what it is known in the log. */
export interface Acknowledged {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  /** A piece of the event's data. */
  readonly says: Readonly<Record<string, unknown>>;
}

export interface Request {
  readonly what: string;
  /** @throws ProblemError where it is refused. */
  send(ingestion: Ingestion): Promise<Acknowledged>;
}

/** Makes requests by the seed, in which few holders and propositions meet. */
export interface Traffic {
  /** One or more, to be made one after the other. */
  next(): readonly Request[];
}

const holders = ['ana', 'bo', 'chidi', 'dee', 'emre'] as const;
const propositions = ['dam', 'tax', 'treaty'] as const;
const publishers = ['Post', 'Zeitung', 'Diario'] as const;
const context = { correlationId: 'simulated' };

type Input = Readonly<Record<string, unknown>> & { readonly id: string };

const checked = (result: StatementResult | undefined, says: Acknowledged['says']): Acknowledged => {
  if (result === undefined) throw new Error('there is no answer');
  if (result.outcome === 'rejected') throw new ProblemError(result.error.code, { detail: result.error.detail });
  const { stream, revision, position } = result;
  return { stream, revision, position, type: 'StatementMade', says };
};

const statementRequest = ({ id, ...input }: Input): Request => ({
  what: `statement ${id}`,
  async send(ingestion) {
    const reading = readStatementInput({ id, ...input }, ingestion.rules());
    if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
    const { content } = reading.ok;
    const [result] = await ingestion.recordStatements([reading.ok], { context, createMissing: true });
    return checked(result, { statementId: id, statement: content });
  },
});

export const createTraffic = (random: SeededRandom): Traffic => {
  const inputs: Input[] = [];
  let made = 0;

  const some = (odds: number): boolean => random.integer(odds) === 0;
  const earlier = (): Input | undefined => inputs[random.integer(inputs.length)];
  const name = (): string => `n${String((made += 1))}`;
  const day = (): string => `2024-0${String(1 + random.integer(3))}-${String(10 + random.integer(18))}`;

  const pointing = (holder: string, proposition: string): Readonly<Record<string, unknown>> => {
    const disowned = earlier();
    if (disowned !== undefined && some(3)) {
      return { act: 'disown', holder: disowned['holder'], disowns: { statementId: disowned.id } };
    }
    const other = random.pick(holders);
    if (other === holder) return { direction: random.pick(['support', 'oppose']) };
    const target = { holder: other, ...(some(2) ? { proposition: random.pick(propositions) } : {}) };
    return { act: random.pick(['endorse', 'endorse', 'reject']), endorses: target, proposition };
  };

  const statement = (more: Readonly<Record<string, unknown>> = {}): Input => {
    const id = name();
    const publishedAt = day();
    const holder = random.pick(holders);
    const proposition = random.pick(propositions);
    const saying = some(4)
      ? pointing(holder, proposition)
      : { direction: random.pick(['support', 'support', 'oppose', 'oppose', 'neutral', 'mixed']) };
    const speaker = random.pick(holders);
    const input: Input = {
      id,
      holder,
      proposition,
      saidAt: some(6) ? publishedAt.slice(0, 7) : publishedAt,
      source: { id: `d${String(random.integer(20))}`, publisher: random.pick(publishers), publishedAt, part: 'body' },
      quote: { exact: `in ${id}`, directness: random.pick(['direct', 'indirect', 'paraphrase']) },
      ...(some(3) ? { strength: random.integer(11) / 10 } : {}),
      ...(some(5) && speaker !== holder ? { speaker, authority: 'spokesperson' } : {}),
      ...saying,
      ...more,
    };
    inputs.push(input);
    return input;
  };

  const correction = ({ id }: Input): Request => {
    const reason = `corrected ${name()}`;
    const patch = {
      certainty: (1 + random.integer(1_000_000)) / 1_000_001,
      ...(some(2) ? { saidAt: day() } : {}),
    };
    return {
      what: reason,
      async send(ingestion) {
        const written = await ingestion.correctStatement(id, { reason, patch }, { context });
        return { ...written, type: 'StatementCorrected', says: { statementId: id, reason } };
      },
    };
  };

  const retraction = ({ id }: Input): Request => {
    const reason = `retracted ${name()}`;
    return {
      what: reason,
      async send(ingestion) {
        const written = await ingestion.retractStatement(id, reason, { context });
        return { ...written, type: 'StatementRetracted', says: { statementId: id, reason } };
      },
    };
  };

  const merge = (): Request => {
    const [actor, into] = [random.pick(holders), random.pick(holders)];
    const reason = `merged ${name()}`;
    return {
      what: reason,
      async send(ingestion) {
        const written = await ingestion.registry.merge(actor, { into, reason }, context);
        return { ...written, type: 'ActorMerged', says: { actorId: actor, into } };
      },
    };
  };

  const unmerge = (): Request => {
    const actor = random.pick(holders);
    const reason = `unmerged ${name()}`;
    return {
      what: reason,
      async send(ingestion) {
        const written = await ingestion.registry.unmerge(actor, reason, context);
        return { ...written, type: 'ActorUnmerged', says: { actorId: actor, reason } };
      },
    };
  };

  const relation = (): Request => {
    const [from, to] = [random.pick(propositions), random.pick(propositions)];
    const type = random.pick(['entails', 'contradicts', 'narrows']);
    return {
      what: `${from} ${type} ${to}`,
      async send(ingestion) {
        const written = await ingestion.registry.relate(from, { type, to }, context);
        return { ...written, type: 'PropositionRelated', says: {} };
      },
    };
  };

  const changed = (input: Input): Request => statementRequest({ ...input, certainty: 0.123 });

  return {
    next() {
      const known = earlier();
      const kind = random.integer(100);
      if (known === undefined || kind < 52) return [statementRequest(statement())];
      if (kind < 60) return [statementRequest(known)];
      if (kind < 64) return [changed(known)];
      if (kind < 76) return [correction(known)];
      if (kind < 81) return [retraction(known)];
      if (kind < 87) {
        const replacing = statementRequest(statement({ replaces: known.id }));
        return some(2) ? [retraction(known), replacing] : [replacing, retraction(known)];
      }
      if (kind < 92) return [merge()];
      if (kind < 97) return [unmerge()];
      return [relation()];
    },
  };
};
