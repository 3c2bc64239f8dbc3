/** Where a reader of a stream is, by the id of an event: `<epoch>.<position>`, and what else the service keeps in it. */
interface Place {
  readonly epoch: string;
  readonly position: number;
}

const placeOf = (id: string): Place => {
  const [epoch = '', position = ''] = id.split('.');
  return { epoch, position: Number(position) };
};

/** Whether who is at `id` has what there was at `other`. */
export const hasReached = (id: string, other: string): boolean => {
  const here = placeOf(id);
  const there = placeOf(other);
  return here.epoch === there.epoch && here.position >= there.position;
};
