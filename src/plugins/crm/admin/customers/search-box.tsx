import { useEffect, useRef, useState } from 'react';

import { Searchbar, SearchForm } from '@strapi/design-system';

import { useShortcuts } from '../ui';
import { useText } from './text';

const TYPING_MS = 250;

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Looks as one types, a moment after the last key; what is still being converted waits. */
export function SearchBox({ value, onChange }: SearchBoxProps) {
  const text = useText();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  const [composing, setComposing] = useState(false);
  // A view was opened: its text takes the place of what was typed.
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  useShortcuts({ search: box });
  useEffect(() => {
    if (composing || typed === value) return;
    const timer = setTimeout(() => onChange(typed), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, value, composing, onChange]);
  return (
    <SearchForm
      onSubmit={(event: { preventDefault: () => void }) => {
        event.preventDefault();
        onChange(typed);
      }}
    >
      <Searchbar
        ref={box}
        name="customers-search"
        value={typed}
        placeholder={text('customers.search.placeholder')}
        clearLabel={text('customers.search.clear')}
        onClear={() => {
          setTyped('');
          onChange('');
        }}
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
      >
        {text('customers.search.label')}
      </Searchbar>
    </SearchForm>
  );
}
