import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { VersionCatalogue, VersionKind } from '../versions/catalogue.ts';

export interface OpenedCatalogue {
  readonly catalogue: VersionCatalogue;
  /** The same catalogue once more, as another program has it; closed with the first one. */
  another(): Promise<VersionCatalogue>;
  /** The number of the version that serves, as readers are told. */
  active(): Promise<number>;
  dispose(): Promise<void>;
}

const kind: VersionKind = { hash: 'a1', layout: 8, method: 'default', methodVersion: 2 };
const other: VersionKind = { ...kind, hash: 'b2', layout: 9 };

/** What every catalogue of versions promises; `open` makes an empty one. */
export const describeVersionCatalogueContract = (name: string, open: () => Promise<OpenedCatalogue>): void => {
  describe(`the catalogue of versions: ${name}`, () => {
    let opened: OpenedCatalogue;
    let catalogue: VersionCatalogue;

    beforeEach(async () => {
      opened = await open();
      ({ catalogue } = opened);
    });
    afterEach(() => opened.dispose());

    /** A version that is ready, beside the one that serves. */
    const ready = async () => {
      const current = await catalogue.ensureActive(kind);
      const begun = await catalogue.begin(other, false);
      const next = await catalogue.move(await catalogue.move(begun, 'catching-up'), 'ready');
      return { current, next };
    };

    it('has the first version serve before there is an entry, and names it once', async () => {
      expect(await catalogue.list()).toEqual([]);
      expect(await catalogue.active()).toBeNull();
      expect(await opened.active()).toBe(1);
      const first = await catalogue.ensureActive(kind);
      expect(first).toMatchObject({ ...kind, version: 1, state: 'active', revision: 0, halt: null });
      expect(await catalogue.ensureActive(kind)).toEqual(first);
      expect(await catalogue.list()).toEqual([first]);
    });

    it('notes what the one that serves was made anew as', async () => {
      const first = await catalogue.ensureActive(kind);
      expect(await catalogue.ensureActive(other)).toMatchObject({ ...other, version: first.version, state: 'active' });
      expect(await catalogue.list()).toHaveLength(1);
    });

    it('leads a version from being built to serving, in one step for readers', async () => {
      const { current, next } = await ready();
      expect(next).toMatchObject({ ...other, version: 2, state: 'ready', parks: false });
      expect(await opened.active()).toBe(1);
      await catalogue.activate(next, current);
      expect(await opened.active()).toBe(2);
      expect((await catalogue.list()).map(({ version, state }) => [version, state])).toEqual([
        [1, 'retired'],
        [2, 'active'],
      ]);
    });

    it('leads back to a retired one', async () => {
      const { current, next } = await ready();
      await catalogue.activate(next, current);
      const [retired, serving] = await catalogue.list();
      if (retired === undefined || serving === undefined) throw new Error('both are there');
      const back = await catalogue.move(await catalogue.move(retired, 'catching-up'), 'ready');
      await catalogue.activate(back, serving);
      expect(await opened.active()).toBe(1);
    });

    it('makes one version at a time', async () => {
      await catalogue.ensureActive(kind);
      const begun = await catalogue.begin(kind, true);
      await expect(catalogue.begin(kind, true)).rejects.toMatchObject({ code: 'rebuild-under-way', retryable: false });
      const another = await opened.another();
      await expect(another.begin(kind, true)).rejects.toMatchObject({ code: 'rebuild-under-way' });
      await catalogue.drop(begun);
      // A number is not given twice.
      expect(await catalogue.begin(kind, true)).toMatchObject({ version: begun.version + 1, state: 'building' });
    });

    it('makes no retired one ready beside another that is being made', async () => {
      const { current, next } = await ready();
      await catalogue.activate(next, current);
      const [retired] = await catalogue.list();
      await catalogue.begin(kind, true);
      await expect(catalogue.move(retired ?? next, 'catching-up')).rejects.toMatchObject({ code: 'rebuild-under-way' });
    });

    it('of two who change what both have seen lets one', async () => {
      await catalogue.ensureActive(kind);
      const begun = await catalogue.begin(kind, true);
      const another = await opened.another();
      const tried = await Promise.allSettled([
        catalogue.move(begun, 'catching-up'),
        another.halt(begun, { code: 'cancelled', message: 'somebody said so' }),
      ]);
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'version-conflict', retryable: true },
      });
    });

    it('of two who switch lets one', async () => {
      const { current, next } = await ready();
      const another = await opened.another();
      const tried = await Promise.allSettled([catalogue.activate(next, current), another.activate(next, current)]);
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await opened.active()).toBe(2);
    });

    it('refuses what the state does not allow, and changes nothing then', async () => {
      const current = await catalogue.ensureActive(kind);
      const begun = await catalogue.begin(other, false);
      const before = await catalogue.list();
      await expect(catalogue.activate(begun, current)).rejects.toMatchObject({ code: 'version-refused' });
      await expect(catalogue.move(begun, 'ready')).rejects.toMatchObject({ code: 'version-refused' });
      await expect(catalogue.drop(current)).rejects.toMatchObject({ code: 'version-refused' });
      await expect(catalogue.halt(current, null)).rejects.toMatchObject({ code: 'version-refused' });
      await expect(catalogue.drop({ version: 9, revision: 0 })).rejects.toMatchObject({ code: 'version-unknown' });
      expect(await catalogue.list()).toEqual(before);
    });

    it('notes why one stands still, and that it goes on', async () => {
      await catalogue.ensureActive(kind);
      const begun = await catalogue.begin(kind, false);
      const halt = { code: 'poison-event', message: 'an event of statement-s1' };
      const halted = await catalogue.halt(begun, halt);
      expect((await catalogue.list()).at(-1)).toMatchObject({ halt, state: 'building' });
      expect(await catalogue.halt(halted, null)).toMatchObject({ halt: null });
    });

    it('is found again by whoever opens it next', async () => {
      await ready();
      const another = await opened.another();
      expect(await another.list()).toEqual(await catalogue.list());
    });
  });
};
