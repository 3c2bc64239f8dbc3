import { canonicalJson, shortHash } from './canonical-json.ts';

export interface ChangeIdentity {
  /** The name of the method. */
  readonly method: string;
  /** After merges. */
  readonly holder: string;
  readonly proposition: string;
  readonly track: 'direction' | 'strength';
  /** The id of the opening statement. */
  readonly openedBy: string;
}

/** The id of a stance change: `c-` and 128 bits in hex. The same step has the same id in every rebuild. */
export const changeId = ({ method, holder, proposition, track, openedBy }: ChangeIdentity): string =>
  `c-${shortHash(canonicalJson([method, holder, proposition, track, openedBy]))}`;
