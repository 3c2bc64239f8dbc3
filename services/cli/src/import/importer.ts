import type { Registry } from './registry.ts';

/** A line of the file that makes no statements, and why. */
export class LineFault extends Error {
  override readonly name = 'LineFault';
}

/** Makes statements of the lines of one kind of file. */
export interface Importer {
  /** What the ids of the propositions it registers begin with. */
  readonly propositionPrefix: string;
  /**
   * The statements of one line, each as JSON text without a newline; what they name is asked of the registry. Throws
   * `LineFault` for a line that is not of its kind.
   */
  statements(line: string, registry: Registry): readonly string[];
}
