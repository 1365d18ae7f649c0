import { DateTimePicker, Typography } from '@strapi/design-system';

import { useUiText } from './text';
import { useSiteTimeZone } from './use-site-time-zone';
import { instantOfWallDate, wallDate } from './wall-date';

interface SiteDateTimePickerProps {
  readonly value: Date | undefined;
  readonly onChange: (instant: Date | undefined) => void;
  readonly onClear: () => void;
  readonly clearLabel?: string;
  readonly minDate?: Date;
  /** Minutes between the times that are offered. */
  readonly step?: number;
}

/** A date and time on the site's clock, wherever the editor sits: who is elsewhere is told so. */
export function SiteDateTimePicker(props: SiteDateTimePickerProps) {
  const { value, minDate, onChange, ...rest } = props;
  const text = useUiText();
  const timeZone = useSiteTimeZone();
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const picker = (
    <DateTimePicker
      {...rest}
      {...(minDate ? { minDate: wallDate(minDate, timeZone) } : {})}
      value={value ? wallDate(value, timeZone) : undefined}
      onChange={(date: Date | undefined) =>
        onChange(date ? instantOfWallDate(date, timeZone) : undefined)
      }
    />
  );
  if (own === timeZone) return picker;
  return (
    <>
      {picker}
      <Typography variant="pi" textColor="neutral600">
        {text('ui.site-time', { timeZone })}
      </Typography>
    </>
  );
}
