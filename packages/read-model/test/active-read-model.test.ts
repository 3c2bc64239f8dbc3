import { openActiveReadModel, ReadModelError } from '@stance/read-model';
import type { ReadModel, Snapshot } from '@stance/read-model';
import { expect, it, vi } from 'vitest';

/** A read model whose reads tell which version it is, and that waits with its end for reads under way. */
const versions = () => {
  const closed: number[] = [];
  const opened: number[] = [];
  const open = (version: number): ReadModel => {
    opened.push(version);
    let isClosed = false;
    return {
      read: async (work) => {
        if (isClosed) throw new ReadModelError('read-model-closed', 'closed');
        // Nothing else of a snapshot is looked at here.
        return work({ checkpoint: { position: version } } as Snapshot);
      },
      together: (work) => work(),
      close: async () => {
        isClosed = true;
        closed.push(version);
      },
    };
  };
  return { open, opened, closed };
};

const versionRead = (readModel: ReadModel): Promise<number> =>
  readModel.read((snapshot) => Promise.resolve(snapshot.checkpoint.position));

it('reads the version that serves when a read begins, and closes the one that does no more', async () => {
  const { open, opened, closed } = versions();
  let active = 1;
  const readModel = await openActiveReadModel({ active: () => active, open, close: async () => undefined });
  expect(await versionRead(readModel)).toBe(1);
  active = 2;
  expect(await Promise.all([versionRead(readModel), versionRead(readModel)])).toEqual([2, 2]);
  expect(closed).toEqual([1]);
  active = 1;
  expect(await versionRead(readModel)).toBe(1);
  expect(opened).toEqual([1, 2, 1]);
  await readModel.close();
  await expect(versionRead(readModel)).rejects.toMatchObject({ code: 'read-model-closed' });
  expect(closed).toEqual([1, 2, 1]);
});

it('reads on where a version was left between the question and the read', async () => {
  const { open } = versions();
  let asked = 0;
  // Two reads that are told different versions: the first one finds its version closed by the second.
  const active = (): number => {
    asked += 1;
    return asked === 2 ? 1 : 2;
  };
  const readModel = await openActiveReadModel({ active, open, close: async () => undefined });
  expect(await Promise.all([versionRead(readModel), versionRead(readModel)])).toContain(2);
  await readModel.close();
});

it('tells why a version cannot be opened, and tries again at the next read', async () => {
  const { open } = versions();
  let fails = true;
  let active = 1;
  const readModel = await openActiveReadModel({
    active: () => active,
    open: (version) => {
      if (version === 2 && fails) throw new ReadModelError('read-model-missing', 'not there');
      return open(version);
    },
    close: async () => undefined,
  });
  active = 2;
  await expect(versionRead(readModel)).rejects.toMatchObject({ code: 'read-model-missing' });
  fails = false;
  expect(await versionRead(readModel)).toBe(2);
  await readModel.close();
});

it('is not led back to a version that serves no more by an answer that comes late', async () => {
  const { open, opened } = versions();
  const late = Promise.withResolvers<number>();
  const answers: (number | Promise<number>)[] = [1, late.promise, 2];
  const readModel = await openActiveReadModel({
    active: () => answers.shift() ?? 2,
    open,
    close: async () => undefined,
  });
  const first = versionRead(readModel);
  expect(await versionRead(readModel)).toBe(2);
  late.resolve(1);
  expect(await first).toBe(2);
  expect(opened).toEqual([1, 2]);
  await readModel.close();
});

it('reads the version that serves by then where its own was dropped before it was read', async () => {
  const { open } = versions();
  let active = 1;
  const readModel = await openActiveReadModel({
    active: () => active,
    open: (version) =>
      version === 1
        ? {
            read: () => {
              // Dropped in this moment.
              active = 2;
              return Promise.reject(new ReadModelError('read-model-missing', 'there is no read model'));
            },
            together: (work) => work(),
            close: async () => undefined,
          }
        : open(version),
    close: async () => undefined,
  });
  expect(await versionRead(readModel)).toBe(2);
  await readModel.close();
});

it('keeps to one version where reads belong together, and goes on with the one that serves where that is gone', async () => {
  const { open, closed } = versions();
  let active = 1;
  const readModel = await openActiveReadModel({ active: () => active, open, close: async () => undefined });
  const [begun, switched, kept, gone] = [1, 2, 3, 4].map(() => Promise.withResolvers<void>());
  const together = readModel.together(async () => {
    begun?.resolve();
    await switched?.promise;
    const before = await readModel.together(() => versionRead(readModel));
    kept?.resolve();
    await gone?.promise;
    return [before, await versionRead(readModel)];
  });
  await begun?.promise;
  active = 2;
  switched?.resolve();
  await kept?.promise;
  // Somebody else, by whom the version before is closed.
  expect(await versionRead(readModel)).toBe(2);
  await vi.waitFor(() => expect(closed).toEqual([1]));
  gone?.resolve();
  expect(await together).toEqual([1, 2]);
  await readModel.close();
});
