import { useEffect } from 'react';

import { Box, Grid, LinkButton, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';

import { PageLayout, Panel, useShortcuts, useUrlState } from '../../ui';
import { useText } from '../text';
import { ChatList, useChats } from './chat-list';
import { Thread } from './thread';

const REFRESH_MS = 10_000;
const RULES = '/content-manager/collection-types/plugin::crm.line-auto-reply';

/** On a phone the open conversation takes the place of the list. */
const ListPane = styled.div<{ $covered: boolean }>`
  @media (max-width: 767px) {
    display: ${({ $covered }) => ($covered ? 'none' : 'block')};
  }
`;

/** Who is waiting for an answer on LINE? */
export default function ChatsPage() {
  const text = useText();
  const [url, setUrl] = useUrlState({ filter: 'all', account: '', chat: '' });
  const list = useChats(url.filter, url.account);
  const { refetch } = list;
  const open = /^\d+$/.test(url.chat) ? Number(url.chat) : null;
  const close = () => setUrl({ chat: '' });
  useShortcuts({ close });
  useEffect(() => {
    const timer = setInterval(refetch, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <PageLayout
      title={text('line.chats.title')}
      subtitle={text('line.chats.subtitle')}
      secondaryAction={
        <LinkButton variant="tertiary" tag={NavLink} to={RULES}>
          {text('line.chats.rules')}
        </LinkButton>
      }
    >
      <Grid.Root gap={4}>
        <Grid.Item
          col={open === null ? 12 : 5}
          xs={12}
          s={12}
          direction="column"
          alignItems="stretch"
        >
          <ListPane $covered={open !== null}>
            <Panel title={text('line.chats.list')}>
              <ChatList
                filter={url.filter}
                open={open}
                list={list}
                account={url.account}
                onAccount={(account) => setUrl({ account })}
                onFilter={(filter) => setUrl({ filter })}
                onOpen={(id) => setUrl({ chat: String(id) })}
              />
            </Panel>
          </ListPane>
        </Grid.Item>
        {open === null ? null : (
          <Grid.Item col={7} xs={12} s={12} direction="column" alignItems="stretch">
            <Thread key={open} id={open} onChanged={refetch} onClose={close} />
          </Grid.Item>
        )}
      </Grid.Root>
      <Box paddingTop={4}>
        <Typography variant="pi" textColor="neutral600">
          {text('line.chats.note')}
        </Typography>
      </Box>
    </PageLayout>
  );
}
