import { getMethod, listMethods, ProblemError } from '@stance/contracts';
import type { MethodDetail, MethodList } from '@stance/contracts';
import { registerEndpoint, strongEtag } from '@stance/http';
import type { HttpApp } from '@stance/http';

import { methodDetail } from '../answers/method-answer.ts';
import type { QueryService } from '../service.ts';

/** `GET /v1/methods` and `GET /v1/methods/{name}`. */
export const registerMethods = (app: HttpApp, { method }: QueryService): void => {
  const { name, version } = method;
  const list: MethodList = {
    items: [{ name, version, default: true, href: `/v1/methods/${encodeURIComponent(name)}` }],
  };
  const detail: MethodDetail = methodDetail(method);

  registerEndpoint(app, listMethods, () => ({ status: 200, etag: strongEtag(JSON.stringify(list)), body: list }));

  registerEndpoint(app, getMethod, (input) => {
    if (input.params.name !== name) {
      throw new ProblemError('not-found', { detail: `There is no method "${input.params.name}".` });
    }
    return { status: 200, etag: strongEtag(JSON.stringify(detail)), body: detail };
  });
};
