import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface ScriptedServer {
  readonly url: string;
  /** What was asked for, as `GET /v1/actors`. */
  readonly asked: readonly string[];
}

/** A peer that fails as a service, or what stands before it, may fail: the answers one after the other, the last for ever. */
export const startScriptedServer = async (...answers: readonly Answer[]): Promise<ScriptedServer> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    request.on('end', () => answer?.(response, request));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
};

export const answerJson =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const answerProblem = (
  status: number,
  code: string,
  retryable: boolean,
  headers: Readonly<Record<string, string>> = {},
): Answer =>
  answerJson(status, { type: 'about:blank', title: code, status, detail: `It is ${code}.`, code, retryable }, headers);

/** Cuts the connection before a word is said. */
export const hangUp: Answer = (response) => {
  response.destroy();
};
