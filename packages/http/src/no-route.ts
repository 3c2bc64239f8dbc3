import { ProblemError } from '@stance/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { sendProblem } from './problem-reply.ts';

/** Which methods each path takes: what a 405 has to know and the router does not tell. */
export interface RouteTable {
  add(url: string, methods: string | readonly string[]): void;
  /** In alphabetical order; empty where nothing answers at the path. */
  methodsOf(path: string): string[];
}

export const createRouteTable = (): RouteTable => {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  return {
    add(url, methods) {
      let route = routes.get(url);
      if (route === undefined) {
        const source = url.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+');
        route = { pattern: new RegExp(`^${source}$`), methods: new Set() };
        routes.set(url, route);
      }
      for (const method of typeof methods === 'string' ? [methods] : methods) route.methods.add(method);
    },
    methodsOf(path) {
      const methods = [...routes.values()]
        .filter(({ pattern }) => pattern.test(path))
        .flatMap((route) => [...route.methods]);
      return [...new Set(methods)].toSorted();
    },
  };
};

/** Tells a path that nothing answers at from a method that it does not take. */
export const answerNoRoute = (routes: RouteTable, request: FastifyRequest, reply: FastifyReply): void => {
  const path = (request.raw.url ?? '/').replace(/\?.*$/s, '');
  const allow = routes.methodsOf(path).join(', ');
  const problem =
    allow === ''
      ? new ProblemError('not-found', { detail: `Nothing answers at ${path.slice(0, 200)}.` })
      : new ProblemError('method-not-allowed', {
          detail: `${path.slice(0, 200)} takes ${allow}, not ${request.method}.`,
          headers: { allow },
        });
  sendProblem(request, reply, problem);
};
