import { Badge, Box, Flex, Typography } from '@strapi/design-system';

import type { OrderDetail, OrderLine, Payment, Refund } from '../../shared/commerce';
import { useFormat } from '../ui';
import { Row, Ruled } from './ruled';
import { useText } from './text';

function Line({ line }: { readonly line: OrderLine }) {
  const text = useText();
  const format = useFormat();
  const returned = line.returnedQuantity ?? 0;
  const what = text('commerce.line', { title: line.title, quantity: line.quantity });
  return (
    <Row
      label={returned > 0 ? text('commerce.line.returned', { what, quantity: returned }) : what}
      value={format.yen(line.quantity * line.unitPrice)}
    />
  );
}

function Paid({ payment }: { readonly payment: Payment }) {
  const text = useText();
  const format = useFormat();
  const { status, method, paidAt } = payment;
  const when = paidAt === null ? '' : format.date(paidAt);
  return (
    <Row
      label={text(`commerce.payment.${status}`, { method, when })}
      value={format.yen(payment.amount)}
    />
  );
}

function GivenBack({ refund }: { readonly refund: Refund }) {
  const text = useText();
  const format = useFormat();
  const when = format.date(refund.refundedAt);
  const isReturn = refund.lines.length > 0;
  const label = text(isReturn ? 'commerce.returned.on' : 'commerce.refunded.on', { when });
  return (
    <Box>
      <Row label={label} value={`−${format.yen(refund.amount)}`} />
      {refund.reason ? (
        <Typography variant="pi" textColor="neutral600">
          {text('commerce.reason', { reason: refund.reason })}
        </Typography>
      ) : null}
    </Box>
  );
}

/** An order with its lines, what was paid and given back, and what is left of it. */
export function OrderItem({ order }: { readonly order: OrderDetail }) {
  const text = useText();
  const format = useFormat();
  const given = order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return (
    <Ruled tag="li" paddingTop={3} paddingBottom={3}>
      <Flex justifyContent="space-between" gap={2}>
        <Typography variant="pi" textColor="neutral600">
          {format.date(order.orderedAt)}
        </Typography>
        <Typography fontWeight="semiBold">{format.yen(order.toldTotal)}</Typography>
      </Flex>
      <Flex gap={2} wrap="wrap">
        <Typography variant="pi">{order.orderNumber}</Typography>
        {order.status === 'paid' ? null : <Badge>{text(`commerce.status.${order.status}`)}</Badge>}
      </Flex>
      {order.lines.map((line, index) => (
        <Line key={`${line.productCode} ${index}`} line={line} />
      ))}
      {order.payments.map((payment) => (
        <Paid key={`${payment.provider} ${payment.reference}`} payment={payment} />
      ))}
      {order.refunds.map((refund) => (
        <GivenBack key={refund.reference} refund={refund} />
      ))}
      {given > 0 ? (
        <Row
          label={text('commerce.net')}
          value={format.yen(Math.max(0, order.toldTotal - given))}
          isStrong
        />
      ) : null}
    </Ruled>
  );
}
