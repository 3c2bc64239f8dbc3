import { addressOf } from '../address/place.ts';
import { useTitle } from '../address/use-title.ts';
import { text } from '../text/index.ts';

/** For an address that names nothing. */
export const Unknown = ({ path }: { readonly path: string }) => {
  useTitle(text.notFound.title);
  return (
    <div class="notice" role="alert">
      <h1>{text.notFound.title}</h1>
      <p>{text.notFound.text(path)}</p>
      <a href={addressOf({ view: 'overview' })}>{text.notFound.back}</a>
    </div>
  );
};
