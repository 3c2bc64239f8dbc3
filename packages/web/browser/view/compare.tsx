import type { Place } from '../address/place.ts';

export const Compare = ({ place }: { readonly place: Place & { readonly view: 'compare' } }) => <p>{place.view}</p>;
