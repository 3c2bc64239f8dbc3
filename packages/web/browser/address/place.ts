/** How far the reader looks: when it was said, and when it was recorded. As the API takes them; absent: now. */
export interface Horizon {
  readonly at?: string;
  readonly knownAt?: string;
}

/** Which bands are shown: those with these words in their names, in some order, and in words too where `table` is `yes`. */
export interface Bands {
  readonly find?: string;
  readonly order?: string;
  readonly table?: string;
}

/** How many are shown of what a list holds; absent: as many as at first. `rows` is of the list that a view is about. */
export interface Extents {
  readonly rows?: string;
  readonly steps?: string;
  readonly disputes?: string;
  readonly moves?: string;
}

/** What is looked at. */
export type View =
  | { readonly view: 'overview'; readonly q?: string }
  | ({ readonly view: 'actor'; readonly actor: string } & Bands)
  | ({ readonly view: 'proposition'; readonly proposition: string } & Bands)
  | {
      readonly view: 'history';
      readonly holder: string;
      readonly proposition: string;
      readonly statement?: string;
      readonly whole?: string;
    }
  | {
      readonly view: 'between';
      readonly from?: string;
      readonly to?: string;
      readonly holder?: string;
      readonly proposition?: string;
      /** `new`, `gone` or `otherwise`. */
      readonly only?: string;
    }
  | {
      readonly view: 'compare';
      readonly holders: readonly string[];
      readonly topic?: string;
      readonly proposition?: string;
    }
  | { readonly view: 'operations' }
  | { readonly view: 'unknown'; readonly path: string };

/** The whole state of the page: what the address holds. */
export type Place = View & Horizon & Extents;

/** Parameters in the order in which they are written. */
type Parameters = readonly (readonly [name: string, value: string | undefined])[];

const bandNames = ['find', 'order', 'table'] as const satisfies (keyof Bands)[];
const extentNames = ['rows', 'steps', 'disputes', 'moves'] as const satisfies (keyof Extents)[];

const decoded = (part: string): string | null => {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
};

/** Without those that are not there, so that places compare. */
const given = <Names extends string>(
  query: URLSearchParams,
  ...names: readonly Names[]
): { [Name in Names]?: string } => {
  const found: { [Name in Names]?: string } = {};
  for (const name of names) {
    const value = query.get(name);
    if (value !== null && value !== '') found[name] = value;
  }
  return found;
};

const viewOf = (path: string, query: URLSearchParams): View => {
  // With a slash at its end it is the same.
  const parts = path
    .replace(/(?<=[^/])\/$/, '')
    .split('/')
    .slice(1)
    .map(decoded);
  const unknown: View = { view: 'unknown', path };
  if (parts.includes(null)) return unknown;
  const [room, first, second, ...rest] = parts as readonly string[];
  if (rest.length > 0) return unknown;
  if (room === '' && first === undefined) return { view: 'overview', ...given(query, 'q') };
  if (room === 'operations' && first === undefined) return { view: 'operations' };
  if (room === 'between' && first === undefined)
    return { view: 'between', ...given(query, 'from', 'to', 'holder', 'proposition', 'only') };
  if (room === 'compare' && first === undefined) {
    const holders = (query.get('holders') ?? '').split(',').filter((holder) => holder !== '');
    return { view: 'compare', holders, ...given(query, 'topic', 'proposition') };
  }
  if (first === undefined || first === '') return unknown;
  if (room === 'actors' && second === undefined) return { view: 'actor', actor: first, ...given(query, ...bandNames) };
  if (room === 'propositions' && second === undefined)
    return { view: 'proposition', proposition: first, ...given(query, ...bandNames) };
  if (room === 'histories' && second !== undefined && second !== '')
    return { view: 'history', holder: first, proposition: second, ...given(query, 'statement', 'whole') };
  return unknown;
};

/** The place that an address names; one that names none is `unknown`. */
export const placeOf = ({ pathname, search }: { readonly pathname: string; readonly search: string }): Place => {
  const query = new URLSearchParams(search);
  return { ...viewOf(pathname, query), ...given(query, 'at', 'knownAt', ...extentNames) };
};

const written = (path: string, parameters: Parameters): string => {
  const query = parameters
    .flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`],
    )
    .join('&');
  return query === '' ? path : `${path}?${query}`;
};

const bandsOf = (bands: Bands): Parameters => bandNames.map((name) => [name, bands[name]]);

/** The address of a place. */
export const addressOf = (place: Place): string => {
  const everywhere: Parameters = [
    ['at', place.at],
    ['knownAt', place.knownAt],
    ...extentNames.map((name) => [name, place[name]] as const),
  ];
  switch (place.view) {
    case 'overview':
      return written('/', [['q', place.q], ...everywhere]);
    case 'actor':
      return written(`/actors/${encodeURIComponent(place.actor)}`, [...bandsOf(place), ...everywhere]);
    case 'proposition':
      return written(`/propositions/${encodeURIComponent(place.proposition)}`, [...bandsOf(place), ...everywhere]);
    case 'history': {
      const { holder, proposition, statement, whole } = place;
      return written(`/histories/${encodeURIComponent(holder)}/${encodeURIComponent(proposition)}`, [
        ['statement', statement],
        ['whole', whole],
        ...everywhere,
      ]);
    }
    case 'between':
      return written('/between', [
        ['from', place.from],
        ['to', place.to],
        ['holder', place.holder],
        ['proposition', place.proposition],
        ['only', place.only],
        ...everywhere,
      ]);
    case 'compare':
      return written('/compare', [
        ['holders', place.holders.length === 0 ? undefined : place.holders.join(',')],
        ['topic', place.topic],
        ['proposition', place.proposition],
        ...everywhere,
      ]);
    case 'operations':
      return written('/operations', everywhere);
    case 'unknown':
      return place.path;
  }
};

/** What a place is about: others of the same path show it otherwise, as of another day, or more of it. */
export const pathOf = (place: Place): string => addressOf(place).replace(/\?.*$/s, '');

/** The horizon of a place, to look at another one with. */
export const horizonOf = ({ at, knownAt }: Horizon): Horizon => ({
  ...(at === undefined ? {} : { at }),
  ...(knownAt === undefined ? {} : { knownAt }),
});

/** The same with all lists as they are at first: for another question. */
export const fromTheTop = <Here extends Extents>({
  rows: _rows,
  steps: _steps,
  disputes: _disputes,
  moves: _moves,
  ...rest
}: Here): Omit<Here, keyof Extents> => rest;

/** One horizon from another, as text. */
export const horizonKey = ({ at = '', knownAt = '' }: Horizon): string => `${at} ${knownAt}`;
