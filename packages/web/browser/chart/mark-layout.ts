import type { Direction } from '../data/bands.ts';
import { dayOf } from '../data/days.ts';
import type { Day } from '../data/days.ts';
import { counts, sideOf } from '../data/side.ts';
import type { Statement } from '../data/side.ts';
import type { TimeScale } from './time-scale.ts';

/** Above the line, on it, or below it. */
type Zone = 'above' | 'on' | 'below';

/** Where one statement is drawn. */
export interface Mark {
  readonly statement: Statement;
  readonly side: Direction | 'unclear';
  readonly counts: boolean;
  readonly x: number;
  readonly y: number;
  /** Half of how wide and high it is. */
  readonly radius: number;
  /** Where its day stands: beside `x` where it gave way to others. */
  readonly dayX: number;
  /** From where to where it may have been said, where that is not one day; it may go on beyond the picture. */
  readonly vague: { readonly from: number; readonly to: number } | null;
}

/** All marks, and how high the picture is for them. */
export interface MarkLayout {
  /** By day, those of one day by id. */
  readonly marks: readonly Mark[];
  /** Statements without a day. */
  readonly undrawn: number;
  /** Where the band begins, whose line is in its middle. */
  readonly bandTop: number;
  readonly height: number;
}

const zoneOf = (side: Direction | 'unclear'): Zone =>
  side === 'support' ? 'above' : side === 'oppose' ? 'below' : 'on';

const dayOfMark = ({ placedAt }: Statement): Day | null => dayOf(placedAt.latest) ?? dayOf(placedAt.earliest);

/** The largest and the smallest mark, by how many there are. */
const radiiFor = (count: number): { readonly most: number; readonly least: number } => {
  if (count <= 80) return { most: 10, least: 4 };
  return count <= 300 ? { most: 7, least: 3 } : { most: 5, least: 2.5 };
};

/** Between two marks. */
const gap = 3;
/** Room for the words at the upper and the lower edge. */
const edge = 18;
const leastZone = 16;
const most = { above: 9, on: 7, below: 9 } as const;

interface Waiting {
  readonly statement: Statement;
  readonly dayX: number;
  readonly radius: number;
}

interface Placed extends Waiting {
  x: number;
  lane: number;
}

/** Puts marks of one zone into lanes so that none hides another: upon each other first, then beside their day. */
const inLanes = (waiting: readonly Waiting[], mostLanes: number, width: number): readonly Placed[] => {
  const needed = waiting.reduce((sum, { radius }) => sum + 2 * radius + gap, 0);
  // So many lanes hold them all with as much room again, so that none has to go far from its day.
  const lanes = Math.max(mostLanes, Math.ceil(needed / Math.max(1, width * 0.5)));
  const rows: Placed[][] = Array.from({ length: lanes }, () => []);
  for (const mark of waiting) {
    let best = 0;
    let bestX = Number.POSITIVE_INFINITY;
    for (const [lane, row] of rows.entries()) {
      const before = row.at(-1);
      const free = before === undefined ? 0 : before.x + before.radius + gap + mark.radius;
      const x = Math.max(mark.dayX, free);
      if (x < bestX) [best, bestX] = [lane, x];
      if (x === mark.dayX) break;
    }
    rows[best]?.push({ ...mark, x: bestX, lane: best });
  }
  // What was pushed over the end goes back, and others before it.
  for (const row of rows) {
    let end = width;
    for (const mark of row.toReversed()) {
      mark.x = Math.max(Math.min(mark.x, end - mark.radius), mark.radius);
      end = mark.x - mark.radius - gap;
    }
  }
  return rows.flat();
};

const vagueOf = ({ saidAt }: Statement, scale: TimeScale): Mark['vague'] => {
  if (saidAt.earliest !== null && saidAt.earliest === saidAt.latest) return null;
  const from = dayOf(saidAt.earliest);
  const to = dayOf(saidAt.latest);
  return {
    from: from === null ? 0 : Math.max(0, scale.x(from)),
    to: to === null ? scale.width : Math.min(scale.width, scale.x(to)),
  };
};

/** Every statement as a mark: its side above or below the line, its weight as area. */
export const layMarks = (statements: readonly Statement[], scale: TimeScale, bandHeight: number): MarkLayout => {
  const { most: largest, least: smallest } = radiiFor(statements.length);
  const zones: Record<Zone, Waiting[]> = { above: [], on: [], below: [] };
  let undrawn = 0;
  const inOrder = statements
    .map((statement) => ({ statement, day: dayOfMark(statement) }))
    .toSorted((a, b) => (a.day ?? 0) - (b.day ?? 0));
  for (const { statement, day } of inOrder) {
    if (day === null) undrawn += 1;
    else
      zones[zoneOf(sideOf(statement))].push({
        statement,
        dayX: Math.min(Math.max(scale.x(day), smallest), scale.width - smallest),
        radius: Math.max(smallest, largest * Math.sqrt(statement.weight)),
      });
  }
  const laneHeight = 2 * largest + gap;
  const laid = {
    above: inLanes(zones.above, most.above, scale.width),
    on: inLanes(zones.on, most.on, scale.width),
    below: inLanes(zones.below, most.below, scale.width),
  };
  const heightOf = (zone: 'above' | 'below'): number =>
    laid[zone].reduce((highest, { lane }) => Math.max(highest, (lane + 1) * laneHeight), 0);
  const aboveHeight = edge + Math.max(leastZone, heightOf('above'));
  // Lanes on the line lie around it, so that as many are above as below.
  const onLanes = laid.on.reduce((highest, { lane }) => Math.max(highest, lane + 1), 0);
  const onHeight = Math.max(bandHeight, (2 * Math.floor(onLanes / 2) + 1) * laneHeight);
  const belowHeight = edge + Math.max(leastZone, heightOf('below'));
  const line = aboveHeight + onHeight / 2;
  const yOf: Readonly<Record<Zone, (lane: number) => number>> = {
    above: (lane) => aboveHeight - lane * laneHeight - laneHeight / 2,
    on: (lane) => line + (lane % 2 === 0 ? 1 : -1) * Math.ceil(lane / 2) * laneHeight,
    below: (lane) => aboveHeight + onHeight + lane * laneHeight + laneHeight / 2,
  };
  const order = new Map(inOrder.map(({ statement }, index) => [statement.id, index]));
  const marks = (['above', 'on', 'below'] as const)
    .flatMap((zone) =>
      laid[zone].map(({ statement, x, lane, radius, dayX }) => ({
        statement,
        side: sideOf(statement),
        counts: counts(statement),
        x,
        y: yOf[zone](lane),
        radius,
        dayX,
        vague: vagueOf(statement, scale),
      })),
    )
    .toSorted((a, b) => (order.get(a.statement.id) ?? 0) - (order.get(b.statement.id) ?? 0));
  return { marks, undrawn, bandTop: line - bandHeight / 2, height: aboveHeight + onHeight + belowHeight };
};
