import { checkWindow, postMembership, postMerge, postRelation, postUnmerge, putTopic } from '@stance/contracts';
import { registerEndpoint } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { actorWritten, invalidInput, propositionWritten, topicWritten } from '../answers.ts';
import { contextOf } from '../context-of.ts';
import type { Registry } from './registry.ts';

/** Adds the calls that write to the stream `registry`. */
export const registerRegistry = (app: HttpApp, registry: Registry): void => {
  registerEndpoint(app, postMembership, async (input) => {
    const { params, body } = input;
    const problems = checkWindow(body);
    if (problems.length > 0) throw invalidInput(problems);
    return actorWritten(params.id, await registry.addMembership(params.id, body, contextOf(input)), true);
  });

  registerEndpoint(app, postMerge, async (input) => {
    const { params, body } = input;
    return actorWritten(params.id, await registry.merge(params.id, body, contextOf(input)), false);
  });

  registerEndpoint(app, postUnmerge, async (input) => {
    const { params, body } = input;
    return actorWritten(params.id, await registry.unmerge(params.id, body.reason, contextOf(input)), false);
  });

  registerEndpoint(app, postRelation, async (input) => {
    const { params, body } = input;
    return propositionWritten(params.id, await registry.relate(params.id, body, contextOf(input)), true);
  });

  registerEndpoint(app, putTopic, async (input) => {
    const { params, body } = input;
    return topicWritten(params.id, await registry.putTopic(params.id, body, contextOf(input)));
  });
};
