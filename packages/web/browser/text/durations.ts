import { text } from './index.ts';

/** How long something takes, about. */
export const durationInWords = (seconds: number): string => {
  if (seconds < 100) return text.operations.seconds(Math.max(1, Math.round(seconds)));
  const minutes = seconds / 60;
  if (minutes < 100) return text.operations.minutes(Math.round(minutes));
  return text.operations.hours((minutes / 60).toLocaleString(undefined, { maximumFractionDigits: 1 }));
};
