import type { Core } from '@strapi/strapi';

import type { ComponentSchema } from './components';
import type { EventSubscriber } from './domain-events';
import type { Extension } from './extension-point';
import type { QueueWorker, Schedule } from './jobs';
import type { Messages } from './messages';
import type { FeatureRoute } from './routes';
import type { ServiceProvider } from './service-token';
import type { Migration } from './tables';

type Context = { strapi: Core.Strapi };

/** An RBAC action: `plugin::crm.<uid>`, ticked per role in Settings → Roles. */
export interface AdminPermission {
  readonly uid: string;
  readonly displayName: string;
  readonly subCategory: string;
}

/** Everything a feature registers. Only `server/index.ts` reads it. */
export interface FeatureManifest {
  readonly name: string;
  /** Key = the singular name in the uid `plugin::crm.<key>`. */
  readonly contentTypes?: Readonly<Record<string, { readonly schema: object }>>;
  /** Key = the name in the uid `crm.<key>`. */
  readonly components?: Readonly<Record<string, ComponentSchema>>;
  readonly controllers?: Readonly<Record<string, (context: Context) => object>>;
  readonly services?: readonly ServiceProvider[];
  readonly routes?: readonly FeatureRoute[];
  readonly permissions?: readonly AdminPermission[];
  readonly migrations?: readonly Migration[];
  readonly subscribers?: readonly EventSubscriber[];
  readonly extensions?: readonly Extension[];
  readonly workers?: readonly QueueWorker[];
  readonly schedules?: readonly Schedule[];
  readonly messages?: Messages;
  /** Strapi's phases. `bootstrap` runs after all tables are migrated, in feature order. */
  readonly register?: (context: Context) => void;
  readonly bootstrap?: (context: Context) => Promise<void> | void;
  readonly destroy?: (context: Context) => Promise<void> | void;
}

/** Keeps the literal types of a manifest; does nothing else. */
export const defineFeature = (manifest: FeatureManifest): FeatureManifest => manifest;
