import type { Core } from '@strapi/strapi';

import type { CustomerMerge, DuplicatePair, Duplicates } from '../../../shared/customer-merge';
import type { Customer } from '../../../shared/customers';
import { database, defineService, type Result } from '../../kernel';
import { dismiss, mergesOf } from '../store/merges';
import { duplicatesOf, findDuplicates, lookAgain } from './duplicates';
import { mergeCustomers, undoMerge } from './service';

const LATEST = 20;

/** Records that may be one person, and putting them together. */
export interface MergesService {
  /** Where there are more than `few` people, those of the last look, and how far the next is. */
  duplicates(few?: number): Promise<Duplicates>;
  /** Many people are looked through anew, in the background. */
  lookAgain(): void;
  duplicatesOf(person: Customer): Promise<DuplicatePair[]>;
  /** Two people after all: the pair is not shown again. */
  dismiss(a: number, b: number): Promise<void>;
  /** Refuses when both have a login of their own. */
  merge(
    pair: { readonly from: number; readonly into: number },
    staffId: number | null,
  ): Promise<Result<CustomerMerge>>;
  /** The last merge of a person first. What came after the merge stays with who kept the record. */
  undo(id: number): Promise<Result<CustomerMerge>>;
  latest(): Promise<CustomerMerge[]>;
}

export const mergesService = defineService<MergesService>('customer-merges');

export const createMergesService = ({ strapi }: { strapi: Core.Strapi }): MergesService => ({
  duplicates: (few) => findDuplicates(strapi, few),
  lookAgain: () => lookAgain(strapi),
  duplicatesOf: (person) => duplicatesOf(strapi, person),
  dismiss: (a, b) => dismiss(database(strapi), a, b),
  merge: (pair, staffId) => mergeCustomers(strapi, pair, staffId),
  undo: (id) => undoMerge(strapi, id),
  latest: () => mergesOf(database(strapi), { limit: LATEST }),
});
