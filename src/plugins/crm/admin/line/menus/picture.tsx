import { useEffect, useState } from 'react';

import { Box, Typography } from '@strapi/design-system';

import { menuPictureAnswerSchema, type MenuDesign } from '../../../shared/line-rich-menu';
import { Panel, useCrmClient } from '../../ui';
import { useText } from '../text';

const REST_MS = 500;

/** What is not filled in yet is drawn as a dot, so that the template can be seen from the start. */
const drawable = (design: MenuDesign): MenuDesign => ({
  ...design,
  fields: design.fields.map((field) => ({
    ...field,
    label: field.label.trim() || '・',
    action: { type: 'link' as const },
  })),
});

/** Asked for when typing rests; the last picture stays until the next is there. */
function usePicture(design: MenuDesign): string | undefined {
  const client = useCrmClient();
  const [picture, setPicture] = useState<string>();
  const wish = JSON.stringify(drawable(design));
  useEffect(() => {
    const controller = new AbortController();
    const draw = async () => {
      const body: object = { ...(JSON.parse(wish) as object) };
      const request = { method: 'POST', path: '/crm/line/menus/picture', body } as const;
      try {
        const answer = await client.send(request, controller.signal);
        setPicture(menuPictureAnswerSchema.parse(answer).data.picture);
      } catch {
        // What cannot be drawn now cannot be saved either, and saving says why.
      }
    };
    const timer = setTimeout(() => void draw(), REST_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, wish]);
  return picture;
}

interface Props {
  readonly design: MenuDesign;
  /** Words on the bar below it. */
  readonly bar: string;
}

/** The very picture that LINE gets. */
export function MenuPicture({ design, bar }: Props) {
  const text = useText();
  const picture = usePicture(design);
  return (
    <Panel title={text('line.menus.preview')}>
      <Box background="neutral150" hasRadius overflow="hidden">
        {picture ? (
          <img
            src={picture}
            alt={text('line.menus.preview-of', {
              labels: design.fields.map(({ label }) => label).join('、'),
            })}
            style={{ display: 'block', width: '100%' }}
          />
        ) : (
          <Box paddingTop={10} paddingBottom={10} />
        )}
        <Box padding={2} background="neutral0" style={{ textAlign: 'center' }}>
          <Typography variant="pi" textColor="neutral700">
            {bar} ▾
          </Typography>
        </Box>
      </Box>
    </Panel>
  );
}
