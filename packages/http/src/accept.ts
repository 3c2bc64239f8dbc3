import { ProblemError } from '@stance/contracts';

/** How much `accept` wants a media type, 0 to 1; the most specific range that covers it decides. */
const qualityOf = (type: string, accept: string): number => {
  const [main] = type.split('/');
  let quality = 0;
  let precision = -1;
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const fits = name === type ? 2 : name === `${main}/*` ? 1 : name === '*/*' ? 0 : -1;
    if (fits <= precision) continue;
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1');
    quality = Number.isFinite(weight) ? Math.min(1, Math.max(0, weight)) : 0;
    precision = fits;
  }
  return quality;
};

/**
 * Which of the media types on offer the client wants most; of equal ones the first.
 *
 * @throws ProblemError `not-acceptable` where it takes none of them.
 */
export const chooseMediaType = (accept: string | undefined, offered: readonly string[]): string => {
  const [first = 'application/json'] = offered;
  if (accept === undefined || accept === '*/*' || accept === first) return first;
  let best = first;
  let bestQuality = 0;
  for (const type of offered) {
    const quality = qualityOf(type, accept);
    if (quality > bestQuality) {
      best = type;
      bestQuality = quality;
    }
  }
  if (bestQuality > 0) return best;
  throw new ProblemError('not-acceptable', {
    detail: `This call answers with ${offered.join(' or ')}, not with ${accept}.`,
  });
};
