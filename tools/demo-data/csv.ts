import { stringify } from 'csv-stringify/sync';

import { toJapanTime } from './calendar';
import type { Product } from './catalogue';
import type { DemoCustomer } from './customers';
import type { DemoOrder } from './index';

/** A column of a file: its heading and where its value comes from. */
export type Columns<Row> = Record<string, (row: Row) => string | number>;

/** Marks every made-up person, so that a real shop can find and remove them. */
export const DEMO_TAG = 'demo';

const CUSTOMER_COLUMNS: Columns<DemoCustomer> = {
  customerNumber: (row) => row.customerNumber,
  familyName: (row) => row.familyName,
  givenName: (row) => row.givenName,
  familyNameKana: (row) => row.familyNameKana,
  givenNameKana: (row) => row.givenNameKana,
  email: (row) => row.email,
  phone: (row) => row.phone,
  gender: (row) => row.gender,
  birthday: (row) => row.birthday,
  postalCode: (row) => row.address?.postalCode ?? '',
  prefecture: (row) => row.address?.prefecture ?? '',
  city: (row) => row.address?.city ?? '',
  street: (row) => row.address?.street ?? '',
  building: (row) => row.address?.building ?? '',
  registeredAt: (row) => toJapanTime(row.registeredAt),
  source: (row) => row.source,
  tags: () => DEMO_TAG,
  madeUp: () => 'true',
  consentEmail: (row) => row.consents.email.status,
  consentPostal: (row) => row.consents.postal.status,
  consentWording: (row) => row.consents.email.wording,
  consentSource: (row) => row.consents.email.source,
  consentAt: (row) => toJapanTime(row.consents.email.at),
};

const PRODUCT_COLUMNS: Columns<Product> = {
  code: (row) => row.code,
  artist: (row) => row.artist,
  title: (row) => row.title,
  label: (row) => row.label,
  genre: (row) => row.genre,
  format: (row) => row.format,
  year: (row) => row.year,
  price: (row) => row.price,
};

interface OrderRow {
  orderNumber: string;
  customerNumber: string;
  orderedAt: string;
  status: string;
  productCode: string;
  title: string;
  quantity: number;
  unitPrice: number;
  total: number;
}

/** The columns of orders.csv: one row a line, the order's own values on each. */
export const ORDER_COLUMNS: Columns<OrderRow> = {
  orderNumber: (row) => row.orderNumber,
  customerNumber: (row) => row.customerNumber,
  orderedAt: (row) => row.orderedAt,
  status: (row) => row.status,
  productCode: (row) => row.productCode,
  title: (row) => row.title,
  quantity: (row) => row.quantity,
  unitPrice: (row) => row.unitPrice,
  total: (row) => row.total,
};

function toCsv<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const readers = Object.values(columns);
  return stringify([Object.keys(columns), ...rows.map((row) => readers.map((read) => read(row)))]);
}

function toOrderRows(order: DemoOrder): OrderRow[] {
  const total = order.lines.reduce((sum, line) => sum + line.quantity * line.product.price, 0);
  return order.lines.map((line) => ({
    orderNumber: order.orderNumber,
    customerNumber: order.customerNumber,
    orderedAt: toJapanTime(order.orderedAt),
    status: order.status,
    productCode: line.product.code,
    title: `${line.product.artist} / ${line.product.title}`,
    quantity: line.quantity,
    unitPrice: line.product.price,
    total,
  }));
}

export const customersCsv = (customers: readonly DemoCustomer[]) =>
  toCsv(CUSTOMER_COLUMNS, customers);
export const productsCsv = (products: readonly Product[]) => toCsv(PRODUCT_COLUMNS, products);
export const ordersCsv = (orders: readonly DemoOrder[]) =>
  toCsv(ORDER_COLUMNS, orders.flatMap(toOrderRows));
