/** The page itself, at the width of a desktop or of a phone. */
import { useEffect, useRef, useState } from 'react';

import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

import { useText } from './text';

export const WIDTHS = { desktop: 1280, phone: 375 } as const;
export type Width = keyof typeof WIDTHS;

const Stage = styled(Box)`
  overflow: hidden;
  height: 100%;
  min-height: 48rem;
  display: flex;
  justify-content: center;
`;

const Paper = styled.iframe`
  flex: none;
  border: 0;
  background: #fff;
  transform-origin: top center;
`;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much room there is. */
function useSize(): readonly [React.RefObject<HTMLDivElement>, Size] {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: WIDTHS.desktop, height: 800 });
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, size];
}

/** A link would lead out of the preview, to the page as the editor herself gets it. */
function holdLinks(event: React.SyntheticEvent<HTMLIFrameElement>): void {
  event.currentTarget.contentDocument?.addEventListener('click', (click) => click.preventDefault());
}

/** Where the server is, when the admin was built to stand elsewhere. */
const backend = (): string =>
  (window.strapi as unknown as { readonly backendURL?: string }).backendURL ?? '';

interface PreviewFrameProps {
  readonly url: string;
  readonly width: Width;
}

export function PreviewFrame({ url, width }: PreviewFrameProps) {
  const text = useText();
  const [box, room] = useSize();
  const wide = WIDTHS[width];
  const scale = Math.min(1, room.width / wide);
  return (
    <Stage ref={box} background="neutral150" hasRadius>
      <Paper
        key={url}
        title={text('content.preview.frame')}
        src={backend() + url}
        // Neither scripts nor forms; the same origin, so that links can be held.
        sandbox="allow-same-origin"
        onLoad={holdLinks}
        style={{ width: wide, height: room.height / scale, transform: `scale(${scale})` }}
      />
    </Stage>
  );
}
