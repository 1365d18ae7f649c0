import { textFiles, type AdminFeature } from '../ui';
import { PreviewPanel } from './preview-panel';

interface PanelApi {
  addEditViewSidePanel(panels: readonly unknown[]): void;
}

/** "Preview as" beside every entry of the Content Manager. */
export const content: AdminFeature = {
  bootstrap(app) {
    const apis = app.getPlugin('content-manager').apis as unknown as PanelApi;
    apis.addEditViewSidePanel([PreviewPanel]);
  },
  texts: textFiles({
    ja: () => import('./translations/ja.json'),
    en: () => import('./translations/en.json'),
  }),
};
