import type { HistoryName } from './known-statement.ts';

/** One text for a history: ids hold no line break. */
export const historyId = ({ holder, proposition }: HistoryName): string => `${proposition}\n${holder}`;
