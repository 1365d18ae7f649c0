import { useState } from 'react';

import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import { z } from 'zod';

import type { LineChat } from '../../../shared/line-chat';
import { useCrmMutation, useFormat, useShortcuts } from '../../ui';
import { useText } from '../text';

const sentSchema = z.object({ data: z.object({ by: z.enum(['reply', 'push']).nullable() }) });

interface AnswerFormProps {
  readonly chat: LineChat;
  readonly onSent: () => void;
}

/** What the operator writes, with what it costs. The key makes one message of two clicks. */
export function AnswerForm({ chat, onSent }: AnswerFormProps) {
  const text = useText();
  const format = useFormat();
  const [words, setWords] = useState('');
  const [sendKey, setSendKey] = useState(() => crypto.randomUUID());
  const send = useCrmMutation(sentSchema, () => ({
    method: 'POST',
    path: `/crm/line/chats/${chat.id}/messages`,
    body: { text: words, sendKey },
  }));
  const submit = async () => {
    if (words.trim() === '' || send.isRunning) return;
    const sent = await send.run(undefined);
    if (!sent.ok && sent.error?.code !== 'line.chat-unsure') return;
    setWords('');
    setSendKey(crypto.randomUUID());
    onSent();
  };
  useShortcuts({ save: () => void submit() });
  if (chat.status === 'blocked') {
    return <Typography textColor="danger700">{text('line.chats.blocked')}</Typography>;
  }
  const cost =
    chat.freeUntil === null
      ? text('line.chats.costs')
      : text('line.chats.free-until', { at: format.time(chat.freeUntil) });
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Field.Root name="answer" hint={cost}>
        <Field.Label>{text('line.chats.answer')}</Field.Label>
        <Textarea
          value={words}
          maxLength={5000}
          onChange={(event) => setWords(event.target.value)}
        />
        <Field.Hint />
      </Field.Root>
      <Flex justifyContent="flex-end">
        <Button
          startIcon={<PaperPlane />}
          disabled={words.trim() === ''}
          loading={send.isRunning}
          onClick={() => void submit()}
        >
          {text('line.chats.send')}
        </Button>
      </Flex>
    </Flex>
  );
}
