import type { ParkedStream, ProjectionStatus, VersionAnswer } from '@stance/client';

import { asCsv } from './csv.ts';
import type { Columns } from './csv.ts';

const projectionColumns: Columns<ProjectionStatus> = {
  name: ({ name }) => name,
  version: ({ version }) => version,
  state: ({ state }) => state,
  position: ({ position }) => position,
  published: ({ published }) => published,
  eventsBehind: ({ lag }) => lag.events,
  secondsBehind: ({ lag }) => lag.seconds,
  parked: ({ parked }) => parked,
};

const parkedColumns: Columns<ParkedStream> = {
  stream: ({ stream }) => stream,
  code: ({ code }) => code,
  message: ({ message }) => message,
  type: ({ type }) => type,
  revision: ({ revision }) => revision,
  position: ({ position }) => position,
  since: ({ since }) => since,
  waiting: ({ waiting }) => waiting,
  histories: ({ histories }) => histories.map(({ holder, proposition }) => `${holder} ${proposition}`).join('; '),
};

const versionColumns: Columns<VersionAnswer> = {
  version: ({ version }) => version,
  state: ({ state }) => state,
  underWay: ({ underWay }) => String(underWay),
  position: ({ progress }) => progress?.position,
  target: ({ progress }) => progress?.target,
  halted: ({ halted }) => halted?.message,
  method: ({ method }) => method.name,
  methodVersion: ({ method }) => method.version,
  layout: ({ layout }) => layout,
  parks: ({ parks }) => String(parks),
  createdAt: ({ createdAt }) => createdAt,
  changedAt: ({ changedAt }) => changedAt,
};

export const projectionsAsCsv = (projections: readonly ProjectionStatus[]): string =>
  asCsv(projectionColumns, projections);
export const parkedAsCsv = (parked: readonly ParkedStream[]): string => asCsv(parkedColumns, parked);
export const versionsAsCsv = (versions: readonly VersionAnswer[]): string => asCsv(versionColumns, versions);
