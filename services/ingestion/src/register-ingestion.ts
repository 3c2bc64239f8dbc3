import {
  checkWindow,
  postActorAlias,
  postCorrection,
  postPropositionRevision,
  postRetraction,
  postStatements,
  putActor,
  putProposition,
  readCorrection,
} from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { actorWritten, invalidInput, propositionWritten, statementChanged } from './answers.ts';
import { changeOptionsOf, contextOf } from './context-of.ts';
import { createIngestion } from './ingestion.ts';
import type { Ingestion, IngestionOptions } from './ingestion.ts';
import { postLines } from './ndjson/post-lines.ts';
import { postStatement } from './post-statement.ts';
import { registerRegistry } from './registry/register-registry.ts';
import { createSubmissionCounter } from './submission-counter.ts';

/** Adds the writing calls to an app that `createHttpApp` made. */
export const registerIngestion = (app: HttpApp, options: IngestionOptions): Ingestion => {
  const ingestion = createIngestion(options);
  const counter = createSubmissionCounter(app.kit.registry);
  const { limits } = ingestion;
  const { stopping } = app.kit;

  registerEndpoint(app, postStatements, postStatement(ingestion, counter), {
    bodyLimit: limits.statementBytes,
    ndjson: postLines(ingestion, counter, stopping),
  });

  registerEndpoint(app, postCorrection, async (input) => {
    const reading = readCorrection(input.body);
    if ('problems' in reading) throw invalidInput(reading.problems);
    const written = await ingestion.correctStatement(input.params.id, reading.ok, changeOptionsOf(input));
    return statementChanged(input.params.id, written);
  });

  registerEndpoint(app, postRetraction, async (input) => {
    const written = await ingestion.retractStatement(input.params.id, input.body.reason, changeOptionsOf(input));
    return statementChanged(input.params.id, written);
  });

  registerEndpoint(app, putActor, async (input) => {
    const { params, body } = input;
    const problems = (body.aliases ?? []).flatMap((alias, place) => checkWindow(alias, `aliases[${place}].`));
    if (problems.length > 0) throw invalidInput(problems);
    const written = await ingestion.putActor(params.id, body, contextOf(input));
    return actorWritten(params.id, written, written.revision === 0);
  });

  registerEndpoint(app, postActorAlias, async (input) => {
    const { params, body } = input;
    const problems = checkWindow(body);
    if (problems.length > 0) throw invalidInput(problems);
    const written = await ingestion.addAlias(params.id, body, contextOf(input));
    return actorWritten(params.id, written, true);
  });

  registerEndpoint(app, putProposition, async (input) => {
    const { params, body } = input;
    const written = await ingestion.putProposition(params.id, body, contextOf(input));
    return propositionWritten(params.id, written, written.revision === 0);
  });

  registerEndpoint(app, postPropositionRevision, async (input) => {
    const { params, body } = input;
    const written = await ingestion.reviseProposition(params.id, body, contextOf(input));
    return propositionWritten(params.id, written, true);
  });

  registerRegistry(app, ingestion.registry);

  return ingestion;
};
