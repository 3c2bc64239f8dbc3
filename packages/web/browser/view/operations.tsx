import type { Place } from '../address/place.ts';

export const Operations = ({ place }: { readonly place: Place & { readonly view: 'operations' } }) => (
  <p>{place.view}</p>
);
