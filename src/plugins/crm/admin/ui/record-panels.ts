import type { ComponentType } from 'react';

/** What a feature adds to the record of a customer. */
export interface RecordPanel {
  readonly key: string;
  /** RBAC action without `plugin::crm.`; the panel is left out for who lacks it. */
  readonly permission: string;
  /** Left out where the person has been erased: there is nobody to do it for. */
  readonly forTheLiving?: boolean;
  readonly component: () => Promise<{ default: ComponentType<RecordPanelProps> }>;
}

export interface RecordPanelProps {
  readonly customerId: number;
  /** What is left of a person whose data went at her wish. */
  readonly isErased: boolean;
  /** Tells the record that something on the timeline or the identity card changed. */
  readonly onChanged: () => void;
}

/** What a feature adds to Home, below what needs attention. */
export interface HomePanel {
  readonly key: string;
  readonly permission: string;
  readonly component: () => Promise<{ default: ComponentType }>;
}

let home: readonly HomePanel[] = [];
let installed: readonly RecordPanel[] = [];

/** Called once, when the admin starts; the record cannot import the list of features itself. */
export function installRecordPanels(panels: readonly RecordPanel[]): void {
  installed = panels;
}

export const recordPanels = (): readonly RecordPanel[] => installed;

/** As `installRecordPanels`, for Home. */
export function installHomePanels(panels: readonly HomePanel[]): void {
  home = panels;
}

export const homePanels = (): readonly HomePanel[] => home;
