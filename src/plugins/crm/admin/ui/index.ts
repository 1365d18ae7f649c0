/** The design kit of the CRM's screens; pages import from here only. */
export { textFiles, type AdminApp, type AdminFeature, type AdminPage } from './admin-feature';
export { type CrmError } from './api/errors';
export { addressOf, useCrmClient, type CrmRequest, type Query } from './api/use-client';
export { useDownload } from './api/use-download';
export { useCrmList, type ListState, type PageInfo } from './api/use-list';
export { useCrmMutation, type MutationResult, type MutationState } from './api/use-mutation';
export { useCrmQuery, type QueryState } from './api/use-query';
export { AddressLines, addressesIn } from './address-lines';
export { ChannelBadge, type ChannelKey } from './channel-badge';
export { ConfirmDialog } from './confirm-dialog';
export { DataTable, ListTable, type Column } from './data-table';
export { EditableCard, EditableListPage, EditForm, type EditedInPlace } from './editable-list';
export { createFormat, type Format, type FormatLocale } from './format';
export { LanguageField } from './language-field';
export { ListPage, RowLink } from './list-page';
export { crmPath, PageLayout } from './page-layout';
export { Panel } from './panel';
export { PersonCell, type PersonCellProps, type PersonReach } from './person-cell';
export { PersonPicker, type PersonPickerProps } from './person-picker';
export { Progress } from './progress';
export {
  homePanels,
  recordPanels,
  type HomePanel,
  type RecordPanel,
  type RecordPanelProps,
} from './record-panels';
export { StatCard } from './stat-card';
export { EmptyState, ErrorState, Skeleton } from './states';
export { featureText, useAdminLocale, useAnyText, type Text } from './text';
export { SiteDateTimePicker } from './site-date-time-picker';
export { useFormat } from './use-format';
export { useSiteTimeZone } from './use-site-time-zone';
export { useMay } from './use-may';
export { useNames } from './use-names';
export { useShortcuts, type Shortcuts } from './use-shortcuts';
export { useUrlState } from './use-url-state';
