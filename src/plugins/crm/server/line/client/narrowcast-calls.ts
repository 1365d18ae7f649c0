/** LINE's calls for one message to an audience of ours, narrowed by what LINE knows of people. */
import type { messagingApi } from '@line/bot-sdk';
import { z } from 'zod';

import type { LineMessage } from '../domain/message';
import { mapped, type Caller, type LineAnswer } from './caller';

/** LINE takes so many user ids a call. */
export const AUDIENCE_PEOPLE = 10_000;

export interface Narrowcast {
  readonly messages: readonly LineMessage[];
  readonly audienceId: number;
  readonly demographic: object;
  /** True: as many as the month has left, by chance. False: all or nobody. */
  readonly partially: boolean;
}

export interface NarrowcastProgress {
  readonly phase: 'waiting' | 'sending' | 'succeeded' | 'failed';
  readonly targetCount: number | null;
  readonly successCount: number | null;
  readonly failureCount: number | null;
  readonly errorCode: number | null;
  readonly failedDescription: string | null;
}

export interface NamedAudience {
  readonly id: number;
  readonly description: string;
  readonly createdAt: number;
}

export interface NarrowcastCalls {
  /** An empty one; its id. Never repeated: LINE takes no retry key here. */
  createAudience(description: string): Promise<LineAnswer<number>>;
  /** Null: there is none of this name. */
  findAudience(description: string): Promise<LineAnswer<number | null>>;
  /** All whose names contain this, page by page. */
  audiencesNamed(part: string): Promise<LineAnswer<readonly NamedAudience[]>>;
  /** At most `AUDIENCE_PEOPLE`; who is in it already is in it once. */
  addToAudience(audienceId: number, userIds: readonly string[]): Promise<LineAnswer<null>>;
  isAudienceReady(audienceId: number): Promise<LineAnswer<boolean>>;
  deleteAudience(audienceId: number): Promise<LineAnswer<null>>;
  /** LINE's name for it, to ask what became of it; null: LINE did not say. Tried once. */
  narrowcast(request: Narrowcast, retryKey: string): Promise<LineAnswer<string | null>>;
  narrowcastProgress(requestId: string): Promise<LineAnswer<NarrowcastProgress>>;
}

const audienceSchema = z.object({
  audienceGroup: z.object({ status: z.string() }),
  jobs: z.array(z.object({ jobStatus: z.string().optional() })).optional(),
});

function limitOf(partially: boolean): messagingApi.Limit {
  return partially
    ? { upToRemainingQuota: true }
    : { upToRemainingQuota: true, forbidPartialDelivery: true };
}

const requestOf = ({
  messages,
  audienceId,
  demographic,
  partially,
}: Narrowcast): messagingApi.NarrowcastRequest => ({
  messages: messages.map((message) => ({ ...message }) as messagingApi.Message),
  recipient: { type: 'audience', audienceGroupId: audienceId } as messagingApi.Recipient,
  filter: { demographic: demographic as messagingApi.DemographicFilter },
  limit: limitOf(partially),
});

/** LINE's largest page, and as many as its 1,000 audiences fill. */
const PAGE = 40;
const PAGES = 25;

const pageSchema = z.object({
  audienceGroups: z
    .array(z.object({ audienceGroupId: z.number(), description: z.string(), created: z.number() }))
    .default([]),
  hasNextPage: z.boolean().default(false),
});

async function audiencesNamed(
  { repeated }: Caller,
  part: string,
): Promise<LineAnswer<readonly NamedAudience[]>> {
  const found: NamedAudience[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const answer = await repeated((_, { audiences }) =>
      audiences.getAudienceGroups(page, part, undefined, PAGE),
    );
    if (!answer.ok) return answer;
    const { audienceGroups, hasNextPage } = pageSchema.parse(answer.value);
    found.push(
      ...audienceGroups.map(({ audienceGroupId, description, created }) => ({
        id: audienceGroupId,
        description,
        createdAt: created * 1000,
      })),
    );
    if (!hasNextPage) break;
  }
  return { ok: true, value: found };
}

type AudienceCalls = Omit<NarrowcastCalls, 'audiencesNamed' | 'narrowcast' | 'narrowcastProgress'>;

function audienceCalls({ authorised, repeated }: Caller): AudienceCalls {
  return {
    createAudience: async (description) =>
      mapped(
        await authorised((_, { audiences }) =>
          audiences.createAudienceGroup({ description, audiences: [] }),
        ),
        ({ audienceGroupId }) => z.number().parse(audienceGroupId),
      ),
    findAudience: async (description) =>
      mapped(
        await repeated((_, { audiences }) => audiences.getAudienceGroups(1, description)),
        ({ audienceGroups = [] }) =>
          audienceGroups.find((group) => group.description === description)?.audienceGroupId ??
          null,
      ),
    addToAudience: async (audienceGroupId, userIds) =>
      mapped(
        await authorised((_, { audiences }) =>
          audiences.addAudienceToAudienceGroup({
            audienceGroupId,
            audiences: userIds.map((id) => ({ id })),
          }),
        ),
        () => null,
      ),
    isAudienceReady: async (audienceId) =>
      mapped(
        await repeated((_, { audiences }) => audiences.getAudienceData(audienceId)),
        (answer) => {
          const { audienceGroup, jobs = [] } = audienceSchema.parse(answer);
          const isDone = jobs.every(({ jobStatus = 'FINISHED' }) => jobStatus === 'FINISHED');
          return audienceGroup.status === 'READY' && isDone;
        },
      ),
    deleteAudience: async (audienceId) =>
      mapped(
        await repeated((_, { audiences }) => audiences.deleteAudienceGroup(audienceId)),
        () => null,
      ),
  };
}

export function narrowcastCalls(caller: Caller): NarrowcastCalls {
  const { authorised, repeated } = caller;
  return {
    ...audienceCalls(caller),
    audiencesNamed: (part) => audiencesNamed(caller, part),
    async narrowcast(request, retryKey) {
      const answer = await authorised((api) =>
        api.narrowcastWithHttpInfo(requestOf(request), retryKey),
      );
      if (answer.ok) {
        const requestId = answer.value.httpResponse.headers.get('x-line-request-id');
        return { ok: true, value: requestId };
      }
      const { problem } = answer;
      return problem.kind === 'already-accepted'
        ? { ok: true, value: problem.requestId }
        : { ok: false, problem };
    },
    narrowcastProgress: async (requestId) =>
      mapped(await repeated((api) => api.getNarrowcastProgress(requestId)), (progress) => ({
        phase: progress.phase,
        targetCount: progress.targetCount ?? null,
        successCount: progress.successCount ?? null,
        failureCount: progress.failureCount ?? null,
        errorCode: progress.errorCode ?? null,
        failedDescription: progress.failedDescription ?? null,
      })),
  };
}
