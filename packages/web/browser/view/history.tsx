import type { Place } from '../address/place.ts';

export const History = ({ place }: { readonly place: Place & { readonly view: 'history' } }) => <p>{place.view}</p>;
