// Apart from the schemas that are made of them: who only names the choices need not load what checks them.

export const actorKinds = ['person', 'office', 'organization', 'country', 'group'] as const;

export const relationTypes = ['entails', 'contradicts', 'narrows'] as const;

export const changeKinds = [
  'first',
  'reversal',
  'softening',
  'hardening',
  'to-neutral',
  'from-neutral',
  'to-mixed',
  'from-mixed',
] as const;

export const changeStatuses = ['provisional', 'confirmed', 'withdrawn'] as const;

/** What a token allows. */
export const scopes = ['read', 'write', 'review', 'operate'] as const;
