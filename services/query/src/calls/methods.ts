import { getMethod, listMethods, ProblemError } from '@stance/contracts';
import type { MethodList } from '@stance/contracts';
import { registerEndpoint, strongEtag } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { methodDetail } from '../answers/method-answer.ts';
import type { QueryService } from '../service.ts';

/** `GET /v1/methods` and `GET /v1/methods/{name}`. */
export const registerMethods = (app: HttpApp, { methods }: QueryService): void => {
  const list: MethodList = {
    items: methods.all.map((method) => ({
      name: method.name,
      version: method.version,
      default: method === methods.standard,
      href: `/v1/methods/${encodeURIComponent(method.name)}`,
    })),
  };
  registerEndpoint(app, listMethods, () => ({ status: 200, etag: strongEtag(JSON.stringify(list)), body: list }));

  registerEndpoint(app, getMethod, (input) => {
    const { name } = input.params;
    const method = methods.find(name);
    if (method === undefined) throw new ProblemError('not-found', { detail: `There is no method "${name}".` });
    const detail = methodDetail(method, method === methods.standard);
    return { status: 200, etag: strongEtag(JSON.stringify(detail)), body: detail };
  });
};
