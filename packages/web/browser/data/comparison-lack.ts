/** Who is compared, on what. */
export interface Compared {
  readonly holders: readonly string[];
  readonly topic?: string;
  readonly proposition?: string;
}

/** What the service compares at a time. */
export const mostHolders = 50;
export const mostStances = 2000;

/** What keeps a comparison from being asked for; `null`: nothing that can be told without asking. */
export const lackOf = ({ holders, topic, proposition }: Compared): 'subject' | 'both' | 'holders' | 'many' | null => {
  if (topic === undefined && proposition === undefined) return 'subject';
  if (topic !== undefined && proposition !== undefined) return 'both';
  if (topic !== undefined && holders.length === 0) return 'holders';
  return holders.length > mostHolders ? 'many' : null;
};
