/** Staff forgets a customer at her wish: the same as when she leaves herself, and written down. */
import type { Core } from '@strapi/strapi';

import type { Customer } from '../../customers';
import { refuse, success, type Result } from '../../kernel';
import type { Actor } from '../index';
import { forget } from '../leaving';

const ERASED = 'erased';

/** Nobody is behind this record any more: it is given no login and no plan. */
export const isForgotten = ({ lifecycleStage }: Customer): boolean => lifecycleStage === ERASED;

/** Her name, else her address, else her number: what staff types to show whom they mean. */
export function forgetWord(customer: Customer): string | null {
  if (isForgotten(customer)) return null;
  const { familyName, givenName, email, customerNumber, id } = customer;
  const name = [familyName, givenName].filter(Boolean).join(' ');
  return name || (email ?? customerNumber ?? String(id));
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

export async function forgetCustomer(
  strapi: Core.Strapi,
  customer: Customer,
  word: string,
  actor: Actor,
): Promise<Result<{ forgotten: true }>> {
  const wanted = forgetWord(customer);
  if (wanted === null) return refuse('members.already-forgotten', 409);
  if (plain(word) !== plain(wanted)) return refuse('members.forget-word', 400);
  await forget(strapi, customer.id, actor.name ?? 'admin');
  return success({ forgotten: true });
}
