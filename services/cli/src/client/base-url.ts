import { CliError } from '../cli-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const everywhere: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where the service is by its own configuration: what `STANCE_HOST` and `STANCE_PORT` say, else its defaults. */
export const configuredBaseUrl = (env: Environment): string => {
  const given = env['STANCE_HOST'] || '127.0.0.1';
  const host = everywhere[given] ?? given;
  return `http://${host.includes(':') ? `[${host}]` : host}:${env['STANCE_PORT'] || '4000'}`;
};

/**
 * Where to find the service: what was given, else `STANCE_URL`, else by its own configuration. Throws `wrong-use` where
 * that is not an http or https URL; a path in it is kept as a prefix.
 */
export const findBaseUrl = (given: string | undefined, env: Environment): string => {
  const [source, text] =
    given !== undefined
      ? ['--url', given]
      : env['STANCE_URL']
        ? ['STANCE_URL', env['STANCE_URL']]
        : ['STANCE_HOST and STANCE_PORT', configuredBaseUrl(env)];
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new CliError('wrong-use', `${source}: "${text}" is not an http or https URL`, {
      hint: 'For example: --url http://127.0.0.1:4000',
    });
  return url.href.replace(/\/+$/, '');
};
