/** What is wrong with one variable, and what to do. */
export interface ConfigFault {
  readonly variable: string;
  readonly message: string;
}

/** The files that were named, as far as that could be read: what is wrong with them can be told as well. */
export interface NamedFiles {
  readonly tokensFile: string | null;
  readonly methodFiles: readonly string[];
}

/** One stands in the same line, several in lines of their own. */
const listOf = (faults: readonly string[]): string =>
  faults.length === 1 ? ` ${faults.join('')}` : faults.map((fault) => `\n  ${fault}`).join('');

/** The configuration cannot be used; `faults` and the message list everything that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid-configuration';
  readonly retryable = false;
  readonly faults: readonly ConfigFault[];
  readonly named: NamedFiles;

  constructor(faults: readonly ConfigFault[], named: NamedFiles = { tokensFile: null, methodFiles: [] }) {
    super(`The configuration is not valid:${listOf(faults.map(({ variable, message }) => `${variable}: ${message}`))}`);
    this.faults = faults;
    this.named = named;
  }
}
