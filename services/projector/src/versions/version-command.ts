import type { HistoryDifferences, Refolded } from '@stance/projection';
import type { ReadModelVersion } from '@stance/read-model';

/** A version as whoever asks sees it. */
export interface VersionStatus extends ReadModelVersion {
  /** Whether it is being worked on right now. */
  readonly underWay: boolean;
  /** How far it is; `null` where nobody looks. */
  readonly position: number | null;
  /** The last position of the log; `null` where it is not being made. */
  readonly target: number | null;
  /** Events a second, of late, and an estimate of the seconds left, where they are known. */
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** What is asked of the one who projects about the versions of the read model. */
export type VersionCommand =
  | { readonly kind: 'rebuild'; readonly parks: boolean }
  | { readonly kind: 'resume' | 'cancel' | 'switch' | 'drop'; readonly version: number }
  | { readonly kind: 'differences'; readonly version: number; readonly limit: number }
  | {
      readonly kind: 'refold';
      readonly holder: string | null;
      readonly proposition: string | null;
      readonly writes: boolean;
    };

export interface VersionAnswers {
  readonly rebuild: VersionStatus;
  readonly resume: VersionStatus;
  readonly cancel: VersionStatus;
  /** `active`, or on its way to where it can be switched to. */
  readonly switch: VersionStatus;
  readonly drop: VersionStatus;
  readonly differences: HistoryDifferences;
  readonly refold: Refolded;
}
