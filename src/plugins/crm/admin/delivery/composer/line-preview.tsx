/** LINE's Flex format, drawn well enough to judge a message by; the phone draws it faithfully. */
import type { CSSProperties, ReactNode } from 'react';

import { styled } from 'styled-components';
import { z } from 'zod';

import { useText } from '../text';

import { ownMessages, QuickReplies } from './line-own-messages';

type Component = Readonly<Record<string, unknown>>;

const messageSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  altText: z.string().optional(),
  contents: z.looseObject({ type: z.string() }).optional(),
});

const Chat = styled.div`
  background: #8cabd8;
  padding: 1.6rem;
  border-radius: 0.8rem;
  display: flex;
  flex-direction: column;
  gap: 1.2rem;
  max-height: 76rem;
  overflow: auto;
`;

const Bubble = styled.div`
  width: 30rem;
  max-width: 100%;
  flex: none;
  background: #fff;
  border-radius: 1.6rem;
  overflow: hidden;
  color: #111;
  font-size: 1.4rem;
  line-height: 1.5;
`;

const Carousel = styled.div`
  display: flex;
  gap: 0.8rem;
  overflow-x: auto;
`;

const SIZES: Readonly<Record<string, string>> = {
  xxs: '1.1rem',
  xs: '1.2rem',
  sm: '1.3rem',
  md: '1.4rem',
  lg: '1.7rem',
  xl: '2rem',
  xxl: '2.4rem',
  '3xl': '2.8rem',
};
const SPACES: Readonly<Record<string, string>> = {
  none: '0',
  xs: '0.2rem',
  sm: '0.4rem',
  md: '0.8rem',
  lg: '1.2rem',
  xl: '1.6rem',
  xxl: '2rem',
};

const word = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const size = (value: unknown, table: Readonly<Record<string, string>>): string | undefined =>
  table[word(value) ?? ''] ?? word(value);
const list = (value: unknown): Component[] =>
  Array.isArray(value)
    ? value.filter((item): item is Component => typeof item === 'object' && item !== null)
    : [];
const one = (value: unknown): Component | undefined => list([value])[0];

function TextPart({ part }: { readonly part: Component }) {
  const spans = list(part.contents);
  const style: CSSProperties = {
    fontSize: size(part.size, SIZES),
    fontWeight: part.weight === 'bold' ? 700 : undefined,
    color: word(part.color),
    textAlign: part.align === 'center' ? 'center' : part.align === 'end' ? 'right' : undefined,
    margin: `${size(part.margin, SPACES) ?? '0'} 0 0`,
    whiteSpace: 'pre-wrap',
  };
  return (
    <p style={style}>
      {spans.length > 0
        ? spans.map((span, index) => (
            <span key={index} style={{ color: word(span.color), fontSize: size(span.size, SIZES) }}>
              {word(span.text)}
            </span>
          ))
        : word(part.text)}
    </p>
  );
}

function ButtonPart({ part }: { readonly part: Component }) {
  const filled = part.style === 'primary';
  const style: CSSProperties = {
    margin: `${size(part.margin, SPACES) ?? '0.4rem'} 0 0`,
    padding: '1.2rem',
    borderRadius: '0.8rem',
    textAlign: 'center',
    fontWeight: 600,
    background: filled ? (word(part.color) ?? '#17c950') : undefined,
    color: filled ? '#fff' : (word(part.color) ?? '#42659a'),
  };
  return <div style={style}>{word(one(part.action)?.label)}</div>;
}

function BoxPart({ part }: { readonly part: Component }) {
  const row = part.layout === 'horizontal' || part.layout === 'baseline';
  const style: CSSProperties = {
    display: 'flex',
    flexDirection: row ? 'row' : 'column',
    gap: size(part.spacing, SPACES),
    margin: `${size(part.margin, SPACES) ?? '0'} 0 0`,
    padding: size(part.paddingAll, SPACES),
    background: word(part.backgroundColor),
    borderRadius: size(part.cornerRadius, SPACES),
  };
  return (
    <div style={style}>
      {list(part.contents).map((inner, index) => (
        <div key={index} style={{ flex: row ? Number(inner.flex ?? 1) : undefined, minWidth: 0 }}>
          <Part part={inner} />
        </div>
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: Component }): ReactNode {
  switch (part.type) {
    case 'text':
      return <TextPart part={part} />;
    case 'button':
      return <ButtonPart part={part} />;
    case 'box':
      return <BoxPart part={part} />;
    case 'image':
      return <img src={word(part.url)} alt="" style={{ width: '100%', display: 'block' }} />;
    case 'separator':
      return <hr style={{ border: 0, borderTop: '1px solid #ddd', margin: '0.8rem 0' }} />;
    default:
      return null;
  }
}

function BubbleView({ bubble }: { readonly bubble: Component }) {
  const [header, hero, body, footer] = [bubble.header, bubble.hero, bubble.body, bubble.footer].map(
    one,
  );
  return (
    <Bubble>
      {hero ? <Part part={hero} /> : null}
      {[header, body, footer].map((part, index) =>
        part ? (
          <div key={index} style={{ padding: '1.6rem' }}>
            <Part part={part} />
          </div>
        ) : null,
      )}
    </Bubble>
  );
}

/** The messages of one push, as a friend sees them in the chat. */
export function LinePreview({ messages }: { readonly messages: readonly unknown[] }) {
  const text = useText();
  return (
    <Chat role="img" aria-label={text('delivery.preview.line')}>
      {messages.map((raw, index) => {
        const message = messageSchema.safeParse(raw);
        if (!message.success) return null;
        const { type, contents } = message.data;
        const Own = ownMessages[type];
        if (Own) return <Own key={index} message={raw} />;
        if (type === 'text') {
          return (
            <Bubble key={index} style={{ padding: '1.2rem', width: 'fit-content' }}>
              {message.data.text}
            </Bubble>
          );
        }
        if (contents?.type === 'carousel') {
          return (
            <Carousel key={index}>
              {list(contents.contents).map((bubble, place) => (
                <BubbleView key={place} bubble={bubble} />
              ))}
            </Carousel>
          );
        }
        return contents ? <BubbleView key={index} bubble={contents} /> : null;
      })}
      <QuickReplies message={messages.at(-1)} />
    </Chat>
  );
}
