/** Something that must hold does not. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Which promise is broken, as a sentence. */
  readonly promise: string;

  constructor(promise: string, detail: string, cause?: unknown) {
    super(`it does not hold that ${promise}: ${detail}`, { cause });
    this.promise = promise;
  }
}

/** @throws Violation where it does not hold. */
export const must = (holds: boolean, promise: string, detail: () => string): void => {
  if (!holds) throw new Violation(promise, detail());
};
