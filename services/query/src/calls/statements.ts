import { getStatement, listStatements, ProblemError } from '@stance/contracts';
import type { StatementAnswer } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { readPropositionVersions } from '../answers/proposition-versions.ts';
import { shownStatement } from '../answers/materials.ts';
import { statementAnswer, statementDetail } from '../answers/statement-answer.ts';
import { requestedRange } from '../dates.ts';
import { disownedStatements } from '../disowned-statements.ts';
import { jsonAnswer } from '../json-answer.ts';
import { answerList } from '../list.ts';
import type { Page } from '../list.ts';
import type { QueryService } from '../service.ts';
import { survivorsAt } from '../survivors-at.ts';
import { isLines } from './accept-lines.ts';
import { subjectNumbers } from './subjects.ts';

/** `GET /v1/statements` and `GET /v1/statements/{id}`. */
export const registerStatements = (app: HttpApp, { readings, readModel }: QueryService): void => {
  registerEndpoint(app, listStatements, async (input) => {
    return readings.answer(
      {
        list: listStatements.operationId,
        keyLength: 2,
        takesAt: true,
        schema: listStatements.query,
        query: input.query,
        signal: () => input.signal,
      },
      async (reading) => {
        const { query, context } = reading;
        const { knownAt, at } = context;
        const range = requestedRange(query.from, query.to);
        const subject = await readModel.read(async (snapshot) => {
          const { holder, proposition } = await subjectNumbers(snapshot, query, knownAt);
          const survivors = await survivorsAt(snapshot, knownAt);
          return { holders: holder === null ? null : survivors.members(holder), proposition };
        });

        const fetch = async (key: readonly number[] | null, limit: number): Promise<Page<StatementAnswer>> => {
          const [history = 0, position = 0] = key ?? [];
          const { found, versionOf } = await readModel.read(async (snapshot) => {
            const statements = await snapshot.statements({
              ...subject,
              ...range,
              knownAt,
              at: at.day,
              after: key === null ? null : { history, position },
              limit: limit + 1,
            });
            return { found: statements, versionOf: await readPropositionVersions(snapshot, statements) };
          });
          const rows = found.slice(0, limit);
          const last = found.length > limit ? rows.at(-1) : undefined;
          return {
            items: rows.map((row) => statementAnswer(shownStatement(row, versionOf(row)))),
            next: last === undefined ? null : [last.history, last.position],
          };
        };

        return answerList({
          reading,
          limit: input.query.limit,
          lines: isLines(input.accepts),
          signal: () => input.signal,
          fetch,
          envelope: { at: at.answer },
        });
      },
    );
  });

  registerEndpoint(app, getStatement, async (input) => {
    const { id } = input.params;
    return readings.answer(
      {
        list: getStatement.operationId,
        keyLength: 0,
        takesAt: false,
        schema: getStatement.query,
        query: input.query,
        signal: () => input.signal,
      },
      async ({ context }) => {
        const { knownAt } = context;
        const found = await readModel.read(async (snapshot) => {
          const versions = await snapshot.statementVersions(id, knownAt);
          return {
            versions,
            versionOf: await readPropositionVersions(snapshot, versions.slice(-1)),
            retraction: await snapshot.retraction(id, knownAt),
            replacedBy: (await snapshot.replacements([id], knownAt)).get(id) ?? [],
          };
        });
        const known = found.versions.findLast(({ knownTo }) => knownTo === null || knownTo > knownAt);
        const disowning = known === undefined ? null : await disownedStatements(readModel, known, knownAt);
        const body = statementDetail({ ...found, disowning, knownAt });
        if (body === null) throw new ProblemError('unknown-statement', { detail: `There is no statement "${id}".` });
        return jsonAnswer(body, knownAt);
      },
    );
  });
};
