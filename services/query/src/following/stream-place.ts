/** Where a reader of a stream is. */
export interface StreamPlace {
  /** Of the feed or the log that the position is one of. */
  readonly epoch: string;
  readonly position: number;
  /** Whose what it was sent is, where the holder asked for answers as another one; empty else. */
  readonly mark: string;
}

export const streamId = ({ epoch, position, mark }: StreamPlace): string =>
  `${epoch}.${String(position)}${mark === '' ? '' : `.${mark}`}`;

/** The place that an id stands for, which has the form of one; `null`: before everything, whatever the epoch. */
export const placeOf = (id: string): StreamPlace | null => {
  const [epoch = '', position = '0', mark = ''] = id.split('.');
  return epoch === '0' && !id.includes('.') ? null : { epoch, position: Number(position), mark };
};
