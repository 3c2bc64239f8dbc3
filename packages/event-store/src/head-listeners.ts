/** Those who want to hear that the head has moved. */
export interface HeadListeners {
  add(listener: (head: number) => void): () => void;
  /** Tells all of them, each in a microtask of its own, so that one that throws neither stops the others nor the store. */
  tell(head: number): void;
  clear(): void;
}

export function createHeadListeners(): HeadListeners {
  const listeners = new Set<{ readonly call: (head: number) => void }>();
  return {
    add(listener) {
      const entry = { call: listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
    tell(head) {
      for (const entry of listeners) {
        queueMicrotask(() => {
          if (listeners.has(entry)) entry.call(head);
        });
      }
    },
    clear() {
      listeners.clear();
    },
  };
}
