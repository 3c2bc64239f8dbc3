/** What is wrong with one variable, and what to do. */
export interface ConfigFault {
  readonly variable: string;
  readonly message: string;
}

/** The configuration cannot be used; `faults` and the message list everything that is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid-configuration';
  readonly retryable = false;
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      `The configuration is not valid:\n${faults.map((fault) => `  ${fault.variable}: ${fault.message}`).join('\n')}`,
    );
    this.faults = faults;
  }
}
