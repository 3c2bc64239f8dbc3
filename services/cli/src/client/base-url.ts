import { CliError } from '../cli-error.ts';

const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where the service is, by its own configuration: what `STANCE_HOST` and `STANCE_PORT` say, else its defaults. */
export const defaultBaseUrl = (env: Readonly<Record<string, string | undefined>>): string => {
  const given = env['STANCE_HOST'] || '127.0.0.1';
  const host = everywhere[given] ?? given;
  return `http://${host.includes(':') ? `[${host}]` : host}:${env['STANCE_PORT'] || '4000'}`;
};

/** Throws `wrong-use` where the text is not an http or https URL; a path in it is kept as a prefix. */
export const checkBaseUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new CliError('wrong-use', `--url: "${text}" is not an http or https URL`, {
      hint: 'For example: --url http://127.0.0.1:4000',
    });
  return url.href.replace(/\/+$/, '');
};
