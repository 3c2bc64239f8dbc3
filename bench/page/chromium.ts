import { existsSync } from 'node:fs';

/** Where Debian has it, unless `STANCE_CHROMIUM` says where another one is. */
export const chromiumPath = process.env['STANCE_CHROMIUM'] ?? '/usr/bin/chromium';

export const hasChromium = (): boolean => existsSync(chromiumPath);

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
