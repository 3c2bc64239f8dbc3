import { existsSync } from 'node:fs';

/** The browser of the tests of the page. */
export interface Chromium {
  /** Why the tests that need it are skipped; `null` where it is there. */
  readonly missing: string | null;
  /** For the end of the titles of such tests: why they are skipped, where they are. */
  readonly note: string;
  /** Empty where it is missing. */
  readonly path: string;
}

/** Where Debian has it, unless `STANCE_CHROMIUM` says where another one is. */
export const chromiumPath = process.env['STANCE_CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = (): boolean => existsSync(chromiumPath);

/**
 * The Chromium of this machine. Call it at the top of a test file.
 *
 * @throws Error where there is none although `STANCE_REQUIRE_CONTAINERS=1` says that nothing may be skipped.
 */
export const testChromium = (): Chromium => {
  if (hasChromium()) return { missing: null, note: '', path: chromiumPath };
  const missing = `there is no Chromium at ${chromiumPath}: install Debian's, or set STANCE_CHROMIUM`;
  if (process.env['STANCE_REQUIRE_CONTAINERS'] === '1')
    throw new Error(`The page cannot be tested, and STANCE_REQUIRE_CONTAINERS=1: ${missing}`);
  return { missing, note: ` (skipped: ${missing})`, path: '' };
};

/** It stays on this machine, and does nothing of its own accord. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
