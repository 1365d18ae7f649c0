/** The messages that stand by themselves on LINE, and the buttons below the last one. */
import { Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { z } from 'zod';

import { couponListSchema } from '../../../shared/line-coupon';
import { useCrmQuery, useFormat, useMay } from '../../ui';
import { useText } from '../text';

const Card = styled.div`
  position: relative;
  width: 30rem;
  max-width: 100%;
  flex: none;
  background: #fff;
  border-radius: 1.6rem;
  overflow: hidden;
  color: #111;

  img {
    display: block;
    width: 100%;
  }
`;

const Play = styled.span`
  position: absolute;
  inset: 0;
  display: grid;
  place-items: center;
  font-size: 4rem;
  color: #fff;
  text-shadow: 0 0 1rem #000;
`;

const Spot = styled.span`
  position: absolute;
  border: 2px dashed #fff;
  background: rgb(0 0 0 / 15%);
`;

const Reply = styled.span`
  padding: 0.8rem 1.4rem;
  border-radius: 2rem;
  background: #fff;
  color: #111;
  font-size: 1.3rem;
`;

const videoSchema = z.looseObject({ previewImageUrl: z.string() });

function Video({ message }: { readonly message: unknown }) {
  const text = useText();
  const video = videoSchema.safeParse(message);
  return (
    <Card>
      <img src={video.data?.previewImageUrl} alt={text('delivery.preview.line-video')} />
      <Play aria-hidden>▶</Play>
    </Card>
  );
}

const areaSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
const imagemapSchema = z.looseObject({
  baseUrl: z.string(),
  altText: z.string(),
  baseSize: z.object({ width: z.number(), height: z.number() }),
  actions: z.array(z.looseObject({ area: areaSchema, label: z.string().optional() })),
});

const percent = (part: number, whole: number) => `${(part / whole) * 100}%`;

function Imagemap({ message }: { readonly message: unknown }) {
  const imagemap = imagemapSchema.safeParse(message).data;
  if (!imagemap) return null;
  const { baseSize, actions } = imagemap;
  return (
    <Card>
      <img src={`${imagemap.baseUrl}/700`} alt={imagemap.altText} />
      {actions.map(({ area, label }, index) => (
        <Spot
          key={index}
          title={label}
          style={{
            left: percent(area.x, baseSize.width),
            top: percent(area.y, baseSize.height),
            width: percent(area.width, baseSize.width),
            height: percent(area.height, baseSize.height),
          }}
        />
      ))}
    </Card>
  );
}

const couponSchema = z.looseObject({ couponId: z.string() });

/** By its name where the reader may see coupons, else by its id. */
function Coupon({ message }: { readonly message: unknown }) {
  const text = useText();
  const format = useFormat();
  const path = useMay('line.coupons') ? '/crm/line/coupons' : null;
  const known = useCrmQuery(couponListSchema, path).data?.data ?? [];
  const id = couponSchema.safeParse(message).data?.couponId ?? '';
  const coupon = known.find(({ couponId }) => couponId === id);
  return (
    <Card style={{ padding: '1.6rem' }}>
      <Typography variant="pi">{text('delivery.preview.line-coupon')}</Typography>
      <Typography tag="p" fontWeight="bold">
        {coupon?.title ?? id}
      </Typography>
      {coupon ? (
        <>
          <Typography tag="p">{coupon.description}</Typography>
          <Typography tag="p" variant="pi">
            {text('delivery.preview.line-coupon-until', { until: format.dateTime(coupon.endsAt) })}
          </Typography>
        </>
      ) : null}
    </Card>
  );
}

/** By the type of message; what stands not here is Flex or text. */
export const ownMessages: Readonly<
  Record<string, (props: { readonly message: unknown }) => React.ReactNode>
> = { video: Video, imagemap: Imagemap, coupon: Coupon };

const quickReplySchema = z.looseObject({
  quickReply: z.object({
    items: z.array(z.looseObject({ action: z.looseObject({ label: z.string() }) })),
  }),
});

/** Nothing where the last message has none. */
export function QuickReplies({ message }: { readonly message: unknown }) {
  const text = useText();
  const found = quickReplySchema.safeParse(message).data;
  if (!found) return null;
  return (
    <Flex gap={2} wrap="wrap" aria-label={text('delivery.preview.line-replies')} tag="section">
      {found.quickReply.items.map(({ action }, index) => (
        <Reply key={index}>{action.label}</Reply>
      ))}
    </Flex>
  );
}
