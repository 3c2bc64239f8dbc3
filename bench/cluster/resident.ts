import { readFile } from 'node:fs/promises';

/** What a process holds in memory, looked at once a second. */
export interface Resident {
  /** The most, in MB. */
  peak(): number;
  /** By how much the last third of the time was above the third before, on average, in MB: next to 0 where it is flat. */
  growth(): number;
  stop(): void;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (megabytes: number): number => Math.round(megabytes * 10) / 10;

const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

export const watchResident = (pid: number): Resident => {
  const seen: number[] = [];
  const timer = setInterval(() => void residentMb(pid).then((megabytes) => seen.push(megabytes)), 1000);
  return {
    peak: () => rounded(Math.max(...seen)),
    growth: () => {
      const third = Math.floor(seen.length / 3);
      return rounded(meanOf(seen.slice(-third)) - meanOf(seen.slice(-2 * third, -third)));
    },
    stop: () => clearInterval(timer),
  };
};
