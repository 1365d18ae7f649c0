/**
 * Contracts of CSV imports, and the column headings that are understood. Headings are compared
 * without case, width, spaces, `_`, `-` and brackets, so `customer_number`, `customerNumber` and
 * `Customer Number` are one.
 */
import { z } from 'zod';

export const importKinds = [
  'customers',
  'orders',
  'payments',
  'returns',
  'products',
  'subscriptions',
] as const;
export type ImportKind = (typeof importKinds)[number];

/** Nobody maps more than these by hand. */
export const MOST_COLUMNS = 1000;

/** A column that an import understands, and the headings it is known by. */
export interface ImportColumn {
  readonly key: string;
  readonly headings: readonly string[];
}

export const customerColumns: readonly ImportColumn[] = [
  {
    key: 'customerNumber',
    headings: [
      'customerNumber',
      'customerId',
      'externalId',
      '顧客番号',
      'お客様番号',
      '会員番号',
      '顧客ID',
      '会員ID',
      '顧客コード',
    ],
  },
  { key: 'fullName', headings: ['name', 'fullName', '氏名', '名前', 'お名前', '顧客名'] },
  { key: 'familyName', headings: ['familyName', 'lastName', 'surname', '姓', '苗字'] },
  { key: 'givenName', headings: ['givenName', 'firstName', '名'] },
  {
    key: 'fullNameKana',
    headings: [
      'nameKana',
      'fullNameKana',
      '氏名カナ',
      'フリガナ',
      'ふりがな',
      'カナ',
      '氏名フリガナ',
      'お名前フリガナ',
    ],
  },
  {
    key: 'familyNameKana',
    headings: ['familyNameKana', 'lastNameKana', 'セイ', '姓カナ', '姓フリガナ', '姓かな'],
  },
  {
    key: 'givenNameKana',
    headings: ['givenNameKana', 'firstNameKana', 'メイ', '名カナ', '名フリガナ', '名かな'],
  },
  {
    key: 'email',
    headings: [
      'email',
      'emailAddress',
      'mail',
      'mailAddress',
      'メール',
      'メールアドレス',
      'Eメール',
    ],
  },
  {
    key: 'phone',
    headings: [
      'phone',
      'phoneNumber',
      'tel',
      'mobile',
      '電話',
      '電話番号',
      '携帯電話',
      '携帯電話番号',
      'TEL',
    ],
  },
  { key: 'company', headings: ['company', 'companyName', '会社', '会社名', '法人名'] },
  { key: 'postalCode', headings: ['postalCode', 'zip', 'zipCode', 'postcode', '郵便番号', '〒'] },
  { key: 'prefecture', headings: ['prefecture', 'state', '都道府県'] },
  { key: 'city', headings: ['city', '市区町村', '市区郡', '市町村'] },
  {
    key: 'street',
    headings: [
      'street',
      'addressLine1',
      'address1',
      '番地',
      '町名・番地',
      '町域・番地',
      '住所',
      '住所1',
    ],
  },
  {
    key: 'building',
    headings: ['building', 'addressLine2', 'address2', '建物名', '建物', 'マンション名', '住所2'],
  },
  { key: 'birthday', headings: ['birthday', 'birthdate', 'dateOfBirth', '生年月日', '誕生日'] },
  { key: 'gender', headings: ['gender', 'sex', '性別'] },
  { key: 'locale', headings: ['locale', 'language', '言語'] },
  { key: 'tier', headings: ['tier', 'rank', '会員ランク', 'ランク'] },
  {
    key: 'lifecycleStage',
    headings: ['lifecycleStage', '顧客ステージ', 'ステージ'],
  },
  { key: 'tags', headings: ['tags', 'tag', 'タグ'] },
  { key: 'madeUp', headings: ['madeUp', '架空'] },
  { key: 'note', headings: ['note', 'notes', 'memo', 'メモ', '備考'] },
  {
    key: 'registeredAt',
    headings: ['registeredAt', 'createdAt', '登録日', '登録日時', '会員登録日', '入会日'],
  },
];

/** LINE's own id of a person at our provider, as other tools export it. */
export const lineColumns: readonly ImportColumn[] = [
  {
    key: 'lineUserId',
    headings: [
      'lineUserId',
      'lineUid',
      'LINE_ID',
      'LINEユーザーID',
      'LINEのユーザーID',
      'LINE UID',
      'UID',
    ],
  },
];

/** `consent…` cells: yes/no in many spellings; empty or `unknown` says nothing. */
export const consentColumns: readonly ImportColumn[] = [
  {
    key: 'consentEmail',
    headings: [
      'consentEmail',
      'emailConsent',
      'メール配信',
      'メルマガ',
      'メール許諾',
      'メール同意',
    ],
  },
  {
    key: 'consentLine',
    headings: ['consentLine', 'lineConsent', 'LINE配信', 'LINE許諾', 'LINE同意'],
  },
  { key: 'consentSms', headings: ['consentSms', 'smsConsent', 'SMS配信', 'SMS許諾', 'SMS同意'] },
  {
    key: 'consentPostal',
    headings: ['consentPostal', 'postalConsent', 'DM配信', 'DM許諾', 'DM同意', '郵送DM'],
  },
  {
    key: 'consentWording',
    headings: ['consentWording', 'wordingVersion', '同意文言', '同意文言バージョン'],
  },
  { key: 'consentSource', headings: ['consentSource', '同意経路', '同意取得元'] },
  { key: 'consentAt', headings: ['consentAt', 'consentDate', '同意日', '同意日時'] },
];

export const importErrorSchema = z.object({
  /** Line of the file, the heading being line 1. */
  line: z.number().int(),
  /** Heading as it stands in the file; null when the whole row is meant. */
  column: z.string().nullable(),
  code: z.string(),
  /** In the reader's language. */
  message: z.string(),
});
export type ImportError = z.infer<typeof importErrorSchema>;

/**
 * `draft`: uploaded, waiting for its mapping. `queued`, `running`: being read. `paused`, `failed`
 * and `cancelled` runs can be taken up again where they stopped, while their file is kept.
 */
export const importStatuses = [
  'draft',
  'queued',
  'running',
  'paused',
  'done',
  'failed',
  'cancelled',
  'undoing',
  'undone',
] as const;
export type ImportStatus = (typeof importStatuses)[number];

/**
 * What a row does to a person who is known already: `update` takes what the file says, `fill`
 * only what we did not know, `skip` leaves the person alone.
 */
export const importPolicies = ['update', 'fill', 'skip'] as const;
export type ImportPolicy = (typeof importPolicies)[number];

export const importRunSchema = z.object({
  id: z.number().int(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  status: z.enum(importStatuses),
  dryRun: z.boolean(),
  policy: z.enum(importPolicies),
  /** Rows read so far, the heading not counted. */
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** Rows that were kept out, with a reason each. */
  failed: z.number().int(),
  /** How much of the file has been read, in bytes. */
  bytesDone: z.number(),
  bytesTotal: z.number(),
  /** Of an undone import: what could be taken back, and what somebody has changed since. */
  undone: z.number().int(),
  kept: z.number().int(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
});
export type ImportRun = z.infer<typeof importRunSchema>;

/** A run with what it needs to be set up: its headings, some rows, and what each column may be. */
export const importDraftSchema = z.object({
  data: importRunSchema.extend({
    encoding: z.string(),
    headings: z.array(z.string()),
    /** The first rows, cell by cell. */
    sample: z.array(z.array(z.string())),
    /** Key of each heading's column, null: left out. Remembered from the last file like it, or guessed. */
    mapping: z.array(z.string().nullable()),
    isRemembered: z.boolean(),
    /** What a heading may be mapped to, named in the reader's language. */
    columns: z.array(z.object({ key: z.string(), label: z.string() })),
  }),
});
export type ImportDraft = z.infer<typeof importDraftSchema>['data'];

export const importQuerySchema = z.object({
  /** `true`: everything is tried and nothing is kept but the run's record. */
  dryRun: z.enum(['true', 'false']).default('false'),
  policy: z.enum(importPolicies).default('update'),
});

export const importUploadQuerySchema = z.object({
  kind: z.enum(importKinds).default('customers'),
  fileName: z.string().max(255).default('upload.csv'),
});

export const importStartSchema = z.object({
  mapping: z.array(z.string().max(255).nullable()).max(MOST_COLUMNS),
  policy: z.enum(importPolicies).default('update'),
  dryRun: z.boolean().default(false),
});
export type ImportStart = z.infer<typeof importStartSchema>;

export const importCommands = ['pause', 'resume', 'cancel', 'undo'] as const;
export type ImportCommand = (typeof importCommands)[number];

export const importResultSchema = z.object({
  data: importRunSchema.extend({
    /** The first of them; all are in the run's error file. */
    errors: z.array(importErrorSchema),
    /** Headings that were understood, and what as; the others were left out. */
    columns: z.array(z.object({ heading: z.string(), key: z.string().nullable() })),
  }),
});
export type ImportResult = z.infer<typeof importResultSchema>['data'];

export const importRunsSchema = z.object({ data: z.array(importRunSchema) });
