import type { SaysAndDoesAnswer } from '@stance/contracts';
import { stanceAt } from '@stance/domain';
import type { Day, History, SaysAndDoes } from '@stance/domain';

import { dayAnswer } from '../dates.ts';
import { segmentStatus } from './segment-answer.ts';

const sideAnswer = (history: History, at: Day): SaysAndDoesAnswer['says'] => {
  const { direction, status, strength, since, statements, reaffirmations } = stanceAt(history, at);
  return {
    direction,
    status,
    strength,
    since: since === null ? null : dayAnswer(since),
    statements,
    reaffirmations,
    segments: history.segments.map((segment) => ({
      direction: segment.direction,
      strength: segment.strength,
      from: dayAnswer(segment.from),
      to: segment.to === null ? null : dayAnswer(segment.to),
      status: segmentStatus(segment, history.method.least),
    })),
  };
};

export const saysAndDoesAnswer = ({ says, does, parts }: SaysAndDoes, at: Day): SaysAndDoesAnswer => ({
  says: sideAnswer(says, at),
  does: sideAnswer(does, at),
  parts: parts.map((part) => ({
    from: dayAnswer(part.from),
    to: part.to === null ? null : dayAnswer(part.to),
    says: part.says,
    does: part.does,
  })),
});
