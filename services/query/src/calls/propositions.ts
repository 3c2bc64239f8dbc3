import { getProposition, listPropositions, ProblemError } from '@stance/contracts';
import type { PropositionAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { mostRelations, propositionAnswer, propositionDetail } from '../answers/named-answer.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { topicsFrom } from '../topic-tree.ts';
import { isLines } from './accept-lines.ts';
import { searchedWords } from './searched-words.ts';

/** `GET /v1/propositions` and `GET /v1/propositions/{id}`. */
export const registerPropositions = (app: HttpApp, { readings, readModel }: QueryService): void => {
  registerEndpoint(app, listPropositions, async (input) => {
    return readings.answer(
      {
        list: listPropositions.operationId,
        keyLength: 1,
        takesAt: false,
        schema: listPropositions.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { knownAt } = reading.context;
        const { topic } = reading.query;
        const words = searchedWords(reading.query.q);
        const topics =
          topic === undefined ? null : await readModel.read((snapshot) => topicsFrom(snapshot, topic, knownAt));

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<PropositionAnswer>> => {
          if (words === null) return { items: [], next: null };
          const after = key?.[0] ?? 0;
          const found = await readModel.read((snapshot) =>
            snapshot.propositions({ knownAt, words, topics, after, limit: limit + 1 }),
          );
          const rows = found.slice(0, limit);
          const last = found.length > limit ? rows.at(-1) : undefined;
          return { items: rows.map(propositionAnswer), next: last === undefined ? null : [last.no] };
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: {},
        });
      },
    );
  });

  registerEndpoint(app, getProposition, async (input) => {
    const { id } = input.params;
    return readings.answer(
      {
        list: getProposition.operationId,
        keyLength: 0,
        takesAt: false,
        schema: getProposition.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ context }) => {
        const { knownAt } = context;
        const body = await readModel.read(async (snapshot) => {
          const no = await snapshot.propositionNo(id);
          const versions = no === null ? [] : await snapshot.propositionVersions(no, knownAt);
          const last = versions.at(-1);
          if (no === null || last === undefined) return null;
          const relations = await snapshot.relations([no], knownAt);
          const others = relations
            .slice(0, mostRelations)
            .flatMap(({ proposition, related }) => [proposition, related]);
          const ids = await snapshot.propositionIds([...new Set(others)]);
          return propositionDetail({ ...last, no, id }, relations, ids, versions);
        });
        if (body === null)
          throw new ProblemError('unknown-proposition', { detail: `There is no proposition "${id}".` });
        return jsonAnswer(body, knownAt);
      },
    );
  });
};
