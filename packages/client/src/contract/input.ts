import type {
  actorInputSchema,
  aliasSchema,
  correctionInputSchema,
  membershipSchema,
  mergeInputSchema,
  propositionInputSchema,
  propositionRevisionSchema,
  rebuildInputSchema,
  refoldInputSchema,
  relationSchema,
  retractionInputSchema,
  skipInputSchema,
  statementInputSchema,
  topicInputSchema,
  unmergeInputSchema,
  webhookInputSchema,
  webhookReplayInputSchema,
} from '@stance/contracts';

/** What may be sent, before defaults are filled in. */
type Sent<Schema extends { readonly _zod: { readonly input: unknown } }> = Schema['_zod']['input'];

export type StatementInput = Sent<typeof statementInputSchema>;
export type CorrectionInput = Sent<typeof correctionInputSchema>;
export type RetractionInput = Sent<typeof retractionInputSchema>;
export type ActorInput = Sent<typeof actorInputSchema>;
export type AliasInput = Sent<typeof aliasSchema>;
export type MembershipInput = Sent<typeof membershipSchema>;
export type MergeInput = Sent<typeof mergeInputSchema>;
export type UnmergeInput = Sent<typeof unmergeInputSchema>;
export type PropositionInput = Sent<typeof propositionInputSchema>;
export type PropositionRevisionInput = Sent<typeof propositionRevisionSchema>;
export type RelationInput = Sent<typeof relationSchema>;
export type RebuildInput = Sent<typeof rebuildInputSchema>;
export type RefoldInput = Sent<typeof refoldInputSchema>;
export type SkipInput = Sent<typeof skipInputSchema>;
export type WebhookInput = Sent<typeof webhookInputSchema>;
export type WebhookReplayInput = Sent<typeof webhookReplayInputSchema>;
export type TopicInput = Sent<typeof topicInputSchema>;
