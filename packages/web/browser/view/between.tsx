import type { Place } from '../address/place.ts';

export const Between = ({ place }: { readonly place: Place & { readonly view: 'between' } }) => <p>{place.view}</p>;
